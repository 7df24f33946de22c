"""The partitions of a topic in hand: how far each is, and which one waits for the owner's log to fill a hole.

    lane 0   mark 41 | 42 43 44           follows: 42 to 44 are handed on, the mark goes to 44
    lane 1   mark 17 |       20 21        18 and 19 are missing: it stops and needs 19 from the owner's log
    lane 2   mark  8 |  9 10              follows; what lane 1 lacks keeps nobody else

The owner's log gives 18 and 19, the mark of lane 1 goes to 19, and it goes on in Kafka at the offset of 20.
"""

import asyncio
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chassis.consumer.events import Arrival
from chassis.consumer.health import Standing
from chassis.consumer.refills import Finding, Refills
from chassis.consumer.reporting import TopicReport
from chassis.consumer.sequence import Mark, OrderBroken, Run, take
from chassis.consumer.source import TopicSource


@dataclass(slots=True)
class Lane:
    """One partition. While `needs` is set it is stopped until that pseq is done, then goes on at `resume_at`.

    `broken` says why it waits for a person, until a command has moved its mark.
    """

    mark: Mark
    checked_at: float
    identified_at: float = -math.inf
    needs: int | None = None
    resume_at: int = 0
    broken: str | None = None


class Lanes:
    """All partitions of one open topic, read from where their marks say."""

    def __init__(
        self,
        source: TopicSource,
        refills: Refills,
        marks: Mapping[int, Mark],
        report: TopicReport,
        *,
        stopped: Mapping[int, str],
    ) -> None:
        self._source = source
        self._refills = refills
        self._report = report
        self._unwritten: list[tuple[int, str]] = []
        now = asyncio.get_running_loop().time()
        self._lanes = {number: Lane(mark, now) for number, mark in marks.items()}
        for number, mark in marks.items():
            source.go_to(number, mark.kafka_offset)
        for number, why in stopped.items():
            if number in self._lanes:
                self._break(number, why)

    @property
    def partitions(self) -> tuple[int, ...]:
        """All partitions."""
        return tuple(self._lanes)

    def following(self) -> list[int]:
        """Return the partitions that are read from Kafka now."""
        return [number for number, lane in self._lanes.items() if lane.needs is None and lane.broken is None]

    def marks(self) -> dict[int, Mark]:
        """Return how far each partition is."""
        return {number: lane.mark for number, lane in self._lanes.items()}

    def restart(self, marks: Mapping[int, Mark]) -> None:
        """Believe the database's marks instead of our own, and read again from there."""
        for number, mark in marks.items():
            lane = self._lanes[number]
            # Kafka's offset may be newer here: past repeats, which move nothing in the database.
            lane.mark = lane.mark if lane.mark.pseq == mark.pseq else mark
        for number in self.following():
            self._source.go_to(number, self._lanes[number].mark.kafka_offset)

    def standing(
        self, *, positions: Mapping[int, int], ends: Mapping[int, int], in_hand: Mapping[int, Run]
    ) -> dict[int, Standing]:
        """Return how far each partition is and how much waits in it, also in those that are not read now."""
        found = {}
        for number, lane in self._lanes.items():
            fetched = len(in_hand[number].arrivals) if number in in_hand else 0
            lag = fetched + _waiting(lane, end=ends.get(number, 0), position=positions.get(number, 0))
            found[number] = Standing((lane.mark.pseq, lane.mark.kafka_offset), lag)
        return found

    def stops(self) -> list[tuple[int, str]]:
        """Return, once, the partitions that stopped for a person since the last call, and why."""
        stops, self._unwritten = self._unwritten, []
        return stops

    def broken(self) -> bool:
        """Whether a partition waits for a person."""
        return any(lane.broken is not None for lane in self._lanes.values())

    def mend(self, marks: Mapping[int, Mark], *, stopped: Mapping[int, str]) -> None:
        """Let those go on that somebody has let go on, from where the database says."""
        for number, lane in self._lanes.items():
            if lane.broken is None or number in stopped:
                continue
            lane.broken, lane.needs, lane.mark = None, None, marks[number]
            self._report.mended(number)
            self._source.go_to(number, lane.mark.kafka_offset)
            self._source.resume(number)

    def from_kafka(self, fetched: Mapping[int, list[Arrival]]) -> dict[int, list[Arrival]]:
        """Return what was fetched without the partitions that wait for a refill: those come again."""
        running = set(self.following())
        return {number: arrivals for number, arrivals in fetched.items() if number in running}

    def new(self, found: Finding) -> list[Arrival]:
        """Return what the owner's log brought without what Kafka brought in the meantime.

        Where the owner's log is not the one that was consumed, the partition stops instead.
        """
        lane = self._lanes[found.partition]
        if found.contradiction is not None and lane.broken is None:
            self._stop_for_good(found.partition, found.contradiction)
        return [one for one in found.arrivals if one.pseq > lane.mark.pseq and lane.broken is None]

    def sort(self, fetched: Mapping[int, list[Arrival]]) -> dict[int, Run]:
        """Tell new from repeated; a partition whose order contradicts its mark is stopped, the others go on."""
        return dict(self._sorted(fetched))

    def moved(self, runs: Mapping[int, Run]) -> None:
        """Take over what was settled; a partition with a hole stops and its refill begins."""
        now = asyncio.get_running_loop().time()
        for number, run in runs.items():
            lane = self._lanes[number]
            lane.mark = run.after
            lane.checked_at = now if run.arrivals else lane.checked_at
            if run.beyond_hole is not None and lane.needs is None:
                self._stop(number, run.beyond_hole)

    def go_on(self) -> None:
        """Let stopped partitions fetch the next page, or read on from Kafka when their hole is filled."""
        for number, lane in self._lanes.items():
            if lane.needs is None or lane.broken is not None or number in self._refills:
                continue
            if lane.mark.pseq < lane.needs:
                self._refills.fill(number, lane.mark)
                continue
            lane.needs = None
            self._report.partition(number).refilling = False
            self._source.go_to(number, lane.resume_at)
            self._source.resume(number)

    def ask(self, now: float, *, idle_seconds: float, identify_seconds: float) -> None:
        """Where nothing has come for a while, ask the owner whether something should have.

        Where something comes all the time, ask now and then whether the owner's log is still the same.
        """
        for number in self.following():
            lane = self._lanes[number]
            if number in self._refills:
                continue
            if now - lane.checked_at >= idle_seconds:
                lane.checked_at = lane.identified_at = now
                self._refills.check(number, lane.mark)
            elif now - lane.identified_at >= identify_seconds:
                lane.identified_at = now
                self._refills.identify(number, lane.mark)

    def _sorted(self, fetched: Mapping[int, list[Arrival]]) -> Iterator[tuple[int, Run]]:
        for number, arrivals in fetched.items():
            lane = self._lanes[number]
            try:
                run = take(lane.mark, arrivals)
            except OrderBroken as error:
                self._stop_for_good(number, str(error))
                continue
            yield number, run

    def _stop_for_good(self, number: int, why: str) -> None:
        self._unwritten.append((number, why))
        self._break(number, why)

    def _break(self, number: int, why: str) -> None:
        self._lanes[number].broken = why
        self._source.stop(number)
        self._report.broken(number, why)

    def _stop(self, number: int, beyond: Arrival) -> None:
        lane = self._lanes[number]
        lane.needs = beyond.pseq - 1
        lane.resume_at = lane.mark.kafka_offset if beyond.next_offset is None else beyond.next_offset - 1
        self._source.stop(number)
        self._report.partition(number).refilling = True
        self._report.hole(number)


def _waiting(lane: Lane, *, end: int, position: int) -> int:
    """Records behind Kafka's end, and those that Kafka lacks."""
    if lane.broken is not None:
        return max(0, end - lane.mark.kafka_offset)
    if lane.needs is not None:
        return max(0, lane.needs - lane.mark.pseq) + max(0, end - lane.resume_at)
    return max(0, end - position)
