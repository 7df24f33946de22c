"""How much is measured: the full run, or a quick one for the desk."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Events per cell and how often each cell is measured."""

    repeats: int
    appended: int
    posted: int
    relayed: int
    projected: int
    piped: int
    paced_seconds: int


FULL = Scale(
    repeats=5, appended=102_400, posted=60_000, relayed=100_000, projected=60_000, piped=40_000, paced_seconds=6
)
QUICK = Scale(
    repeats=3, appended=20_480, posted=12_000, relayed=40_000, projected=30_000, piped=15_000, paced_seconds=4
)
