"""One event that fails for the moment again and again, while others do not: it may not hold up its topic for ever."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from chassis.consumer.events import Arrival
from chassis.consumer.pieces import Runs

MOST_WITNESSES = 8


@dataclass(slots=True)
class Stuck:
    """The event that failed last by itself: since when, how often, and why.

    Overdue it is set aside once that is `proven`: another event could be applied, and right after it this one could
    not. Else the trouble is not its own, but the database's or the network's, and parks nothing.
    """

    seconds: float
    attempts: int
    why: str = ""
    proven: bool = False
    _others_work: bool = False
    _event: tuple[int, int] | None = None
    _since: float = 0.0
    _failed: int = 0

    def failed(self, piece: Runs, now: float, *, why: str) -> None:
        """A transaction failed for the moment; only one of a single event says whose fault it may be."""
        alone = _alone(piece)
        self.proven, self._others_work = self._others_work and alone == self._event, False
        if alone is None:
            return
        if alone != self._event:
            self._event, self._since, self._failed = alone, now, 0
        self._failed += 1
        self.why = f"fails for the moment, again and again: {why}"

    def others_work(self) -> None:
        """Another event could be applied just now."""
        self._others_work = True

    def overdue(self, piece: Runs, now: float) -> bool:
        """Whether the piece is that event, and its time and its attempts are over."""
        if _alone(piece) is None or _alone(piece) != self._event:
            return False
        return self._failed >= self.attempts and now - self._since >= self.seconds


def witnesses(piece: Runs, rest: Runs) -> list[Arrival]:
    """Return the first events of some other keys, by which the trouble can be told from the event's own."""
    return list(islice(_firsts(piece, rest), MOST_WITNESSES))


def _firsts(piece: Runs, rest: Runs) -> Iterator[Arrival]:
    seen = {one.key for run in piece.values() for one in run.arrivals}
    for run in rest.values():
        for one in run.arrivals:
            if one.key not in seen:
                seen.add(one.key)
                yield one


def _alone(piece: Runs) -> tuple[int, int] | None:
    events = [(one.partition, one.pseq) for run in piece.values() for one in run.arrivals[:2]]
    return events[0] if len(events) == 1 else None
