"""One topic's loop while its consumer leads: fetch, settle, refill holes, empty the park, watch the connection."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from chassis.cancellation import unless_astray
from chassis.consumer.events import Arrival
from chassis.consumer.lanes import Lanes
from chassis.consumer.owner_log import OwnerLog
from chassis.consumer.pieces import Runs, Stride, count_of, cut
from chassis.consumer.refills import Refills
from chassis.consumer.reporting import TopicReport
from chassis.consumer.sequence import Mark
from chassis.consumer.settlement import BatchRefused, Settled, Settlement
from chassis.consumer.source import OpenSource, TopicMissing, TopicSource
from chassis.consumer.stuck import Stuck, witnesses
from chassis.consumer.watchdog import Watchdog
from chassis.failures import backoff_seconds, reason
from chassis.logging import get_logger
from chassis.retrying import Attempt
from chassis.telemetry import batch_span

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often, in seconds, the loop does what no record tells it to do.

    Live events come first: of each `retry_parked` seconds in which some came, the retries of parked keys get
    `retry_seconds`, and no more than `retry_keys` keys. Where nothing comes, turn follows on turn.
    """

    fetch: float = 0.5
    fetch_while_busy: float = 0.05
    look: float = 2.0
    tail_check: float = 3.0
    retry_parked: float = 1.0
    retry_seconds: float = 0.05
    retry_keys: int = 50
    frozen: float = 10.0
    identify: float = 60.0
    stuck_seconds: float = 60.0
    stuck_attempts: int = 5


class TopicLoop:
    """Runs until cancelled or fenced; what is transient it retries itself, from the offsets in PostgreSQL."""

    def __init__(
        self,
        settlement: Settlement,
        *,
        open_source: OpenSource,
        owner: OwnerLog,
        report: TopicReport,
        pace: Pace,
    ) -> None:
        self._settlement = settlement
        self._topic = settlement.subscription.topic
        self._open_source = open_source
        self._owner = owner
        self._report = report
        self._pace = pace
        self._attempts = 0
        self._more_due = False
        self._in_hand: Runs = {}
        self._stride = Stride()
        self._stuck = Stuck(pace.stuck_seconds, pace.stuck_attempts)
        self._unsettled = False
        self._watchdog = Watchdog(pace.frozen)

    async def run(self) -> None:
        """Follow the topic; raises Fenced when another instance has taken over."""
        while True:
            with Attempt() as tried:
                await unless_astray(self._follow())
            self._report.rebuilt()
            await self._pause_after(tried)

    async def _follow(self) -> None:
        async with self._open_source(self._topic) as source, Refills(self._owner, self._topic, self._report) as refills:
            marks = await self._settlement.join(source.partitions)
            lanes = Lanes(source, refills, marks, self._report, stopped=self._settlement.stopped)
            self._in_hand = {}
            self._watchdog = Watchdog(self._pace.frozen)
            look_at = retry_at = 0.0
            self._ask(lanes)
            while True:
                came = await self._turn(source, refills, lanes)
                now = _now()
                if self._settlement.parked and (now >= retry_at or (self._more_due and not came)):
                    await self._empty_park()
                    retry_at = _now() + self._pace.retry_parked
                if now >= look_at:
                    await self._look(source, lanes)
                    look_at = now + self._pace.look

    async def _turn(self, source: TopicSource, refills: Refills, lanes: Lanes) -> bool:
        """Settle a piece of what has come; returns whether anything had."""
        if not self._in_hand:
            self._in_hand = lanes.sort(await self._fetched(source, refills, lanes))
            for partition, why in lanes.stops():
                await self._settlement.stop(partition, why)
        came = bool(self._in_hand)
        self._unsettled = self._unsettled and came
        if came:
            await self._settle(lanes)
        if not self._in_hand:
            lanes.go_on()
        return came

    async def _fetched(self, source: TopicSource, refills: Refills, lanes: Lanes) -> dict[int, list[Arrival]]:
        patience = self._pace.fetch_while_busy if refills or self._more_due else self._pace.fetch
        fetched = lanes.from_kafka(await source.fetch(seconds=patience))
        for found in refills.finished():
            new = lanes.new(found)
            self._report.refilled(len(new))
            fetched[found.partition] = new + fetched.get(found.partition, [])
        return {partition: arrivals for partition, arrivals in fetched.items() if arrivals}

    async def _settle(self, lanes: Lanes) -> None:
        piece, rest = cut(self._in_hand, lanes.marks(), self._stride.size)
        with Attempt() as tried:
            try:
                settled = await self._apply(lanes, piece, rest)
            except BatchRefused:
                self._stride.refused()
                return
            self._in_hand = rest
            lanes.moved(piece)
            self._succeeded(settled)
            return
        self._unsettled = True
        self._stride.failed(count_of(piece))
        self._stuck.failed(piece, _now(), why="" if tried.error is None else reason(tried.error))
        await self._start_over(lanes, tried)

    async def _apply(self, lanes: Lanes, piece: Runs, rest: Runs) -> Settled:
        new = {partition: run for partition, run in piece.items() if run.arrivals}
        if not new:
            return Settled(0, [])
        if self._stuck.overdue(piece, _now()):
            if self._stuck.proven:
                return await self._settlement.set_aside(lanes.marks(), new, why=self._stuck.why)
            for other in witnesses(piece, rest):
                if await self._settlement.can_apply(other):
                    self._stuck.others_work()
                    break
        return await self._attempt(lanes.marks(), new)

    async def _start_over(self, lanes: Lanes, tried: Attempt) -> None:
        """Let go of what is in hand: the commit's answer may have been lost, and only the database knows."""
        await self._pause_after(tried)
        lanes.restart(await self._rejoin(lanes))
        self._watchdog.busy(_now())
        self._in_hand = {}

    async def _attempt(self, marks: Mapping[int, Mark], runs: Runs) -> Settled:
        origins = (one.traceparent for run in runs.values() for one in run.arrivals)
        with batch_span(f"consume {self._topic}", size=count_of(runs), traceparents=origins):
            return await self._settlement.settle(marks, runs)

    async def _rejoin(self, lanes: Lanes) -> Mapping[int, Mark]:
        while True:
            with Attempt() as tried:
                return await self._settlement.join(lanes.partitions)
            await self._pause_after(tried)

    async def _empty_park(self) -> None:
        done = await self._settlement.retry_due(keys=self._pace.retry_keys, seconds=self._pace.retry_seconds)
        self._more_due = done.more and self._settlement.parked > 0
        self._report.retried(done, parked_keys=self._settlement.parked)

    async def _look(self, source: TopicSource, lanes: Lanes) -> None:
        now = _now()
        ends = await source.ends()
        positions = {number: await source.position(number) for number in lanes.following()}
        standing = lanes.standing(positions=positions, ends=ends, in_hand=self._in_hand)
        self._report.stands(now, standing, working=not self._unsettled)
        if self._in_hand:
            self._watchdog.busy(now)
            return
        self._watchdog.look(now, positions=positions, ends=ends)
        if lanes.broken():
            lanes.mend(await self._settlement.join(lanes.partitions), stopped=self._settlement.stopped)
        self._ask(lanes)

    def _ask(self, lanes: Lanes) -> None:
        lanes.ask(_now(), idle_seconds=self._pace.tail_check, identify_seconds=self._pace.identify)

    def _succeeded(self, settled: Settled) -> None:
        self._attempts = 0
        self._unsettled = False
        if not settled.failed:
            self._stride.succeeded()
        self._report.settled(settled, parked_keys=self._settlement.parked)

    async def _pause_after(self, tried: Attempt) -> None:
        error = tried.error
        if error is None:
            return
        self._attempts += 1
        self._report.failing(reason(error))
        # A service that starts before its owner's relay waits for the topic, as it should.
        level = logging.INFO if isinstance(error, TopicMissing) else logging.WARNING
        _log.log(level, "A topic's work failed and is tried again", topic=self._topic, error=type(error).__name__)
        await asyncio.sleep(backoff_seconds(self._attempts, first=0.05, ceiling=5.0))


def _now() -> float:
    return asyncio.get_running_loop().time()
