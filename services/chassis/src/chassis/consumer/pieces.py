"""How many events one transaction takes: all that came, unless some were refused, or all were too many."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import attrgetter

from chassis.consumer.sequence import Mark, Run, mark_after

Runs = Mapping[int, Run]
MOST = 8_192
SMALL = 32


@dataclass(slots=True)
class Stride:
    """Halved by what fails for the moment, which may be a time-out; doubled by success.

    Once an event is refused, small: a long transaction that looks for it would hold the head of our own log.
    """

    size: int = MOST

    def failed(self, count: int) -> None:
        """So many events at once failed for the moment."""
        self.size = max(1, count // 2)

    def refused(self) -> None:
        """One of them fails for good, and they are too many to look for it."""
        self.size = SMALL

    def succeeded(self) -> None:
        """All were applied."""
        self.size = min(MOST, self.size * 2)


def cut(runs: Runs, marks: Mapping[int, Mark], size: int) -> tuple[Runs, Runs]:
    """Divide runs into a piece with the first `size` events of the owner's log, and the rest."""
    if count_of(runs) <= size:
        return runs, {}
    ordered = sorted((one for run in runs.values() for one in run.arrivals), key=attrgetter("position"))
    taken = Counter(one.partition for one in ordered[:size])
    piece, rest = {}, {}
    for number, run in runs.items():
        if taken[number] == len(run.arrivals):
            piece[number] = run
            continue
        rest[number] = replace(run, arrivals=run.arrivals[taken[number] :])
        if taken[number]:
            piece[number] = _head(run, taken[number], marks[number])
    return piece, rest


def count_of(runs: Runs) -> int:
    """How many events they hold."""
    return sum(len(run.arrivals) for run in runs.values())


def _head(run: Run, count: int, before: Mark) -> Run:
    arrivals = run.arrivals[:count]
    last = arrivals[-1]
    offset = before.kafka_offset if last.next_offset is None else last.next_offset
    return Run(arrivals, mark_after(last, offset))
