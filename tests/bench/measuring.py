"""Measuring contestants one after another, in turns, so that a noisy minute hits them all."""

import gc
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Samples = Mapping[str, Sequence[float]]


class WrongAnswer(Exception):
    """A cell ended with other data than it should have: its speed means nothing."""


class Contestant(Protocol):
    """One way to do the work. `measure` does it once on fresh data and checks the result."""

    @property
    def name(self) -> str: ...

    async def measure(self) -> float:
        """Events per second. Raises WrongAnswer."""


@dataclass(frozen=True)
class Comparison:
    """Ours against a rival, from samples of the same rounds."""

    ours: Sequence[float]
    rival: Sequence[float]

    @property
    def ratio(self) -> float:
        """The median of ours over the median of the rival's."""
        return statistics.median(self.ours) / statistics.median(self.rival)

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and highest ratio of one round."""
        rounds = [mine / its for mine, its in zip(self.ours, self.rival, strict=True)]
        return min(rounds), max(rounds)


async def in_turns(contestants: Sequence[Contestant], *, repeats: int) -> dict[str, list[float]]:
    """Samples by contestant's name; a first round is run and not counted."""
    samples: dict[str, list[float]] = {contestant.name: [] for contestant in contestants}
    for number in range(repeats + 1):
        for contestant in contestants:
            gc.collect()
            rate = await contestant.measure()
            print(f"    {contestant.name:<58} {rate:>10,.0f} /s{'   (not counted)' if number == 0 else ''}", flush=True)
            if number:
                samples[contestant.name].append(rate)
    return samples


def demand(what: str, *, found: object, expected: object) -> None:
    """Raise WrongAnswer unless both are equal."""
    if found != expected:
        raise WrongAnswer(f"{what}: {found} instead of {expected}")
