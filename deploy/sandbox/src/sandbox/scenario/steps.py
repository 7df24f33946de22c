"""One step of the story."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.scenario.tale import Tale


@dataclass(frozen=True, slots=True)
class Step:
    """`title` is what a person watching reads; `act` does it and checks what must follow."""

    title: str
    act: Callable[[Tale], Awaitable[None]]
