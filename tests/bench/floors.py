"""What must be reached, and the table that says whether it was."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from bench.measuring import Comparison


@dataclass(frozen=True)
class Row:
    """One line of the table: a value, its bound, and which side of it is good."""

    what: str
    value: float
    bound: float | None
    detail: str
    at_most: bool = False

    @property
    def missed(self) -> bool:
        """Is there a bound, and is the value on its wrong side?"""
        if self.bound is None:
            return False
        return self.value > self.bound if self.at_most else self.value < self.bound

    def __str__(self) -> str:
        bound = "" if self.bound is None else f"{'<=' if self.at_most else '>='} {self.bound:g}"
        verdict = "" if self.bound is None else ("MISS" if self.missed else "pass")
        return f"{self.what:<62} {self.value:>8.2f}  {bound:<8} {verdict:<5} {self.detail}"


def rate_row(what: str, *, ours: Sequence[float], rival: Sequence[float], floor: float | None) -> Row:
    """Our rate over a rival's."""
    comparison = Comparison(ours, rival)
    low, high = comparison.spread
    detail = f"{_median(ours):,.0f} of {_median(rival):,.0f} events/s; rounds {low:.2f} to {high:.2f}"
    return Row(what, comparison.ratio, floor, detail)


def _median(samples: Sequence[float]) -> float:
    return statistics.median(samples)


def table(rows: Sequence[Row]) -> str:
    """All rows under a head."""
    head = f"{'ratio':<62} {'value':>8}  {'bound':<8} {'':<5} medians"
    return "\n".join([head, "-" * 150, *map(str, rows)])
