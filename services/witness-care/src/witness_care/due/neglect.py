"""What is overdue and nobody sees to."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Overdue:
    """Victims with something overdue and no single point of contact; wishes overdue, whoever answers to the victim."""

    victims_with_nobody: int
    wishes: int


class Neglect(Protocol):
    """Counts it."""

    async def counted(self) -> Overdue: ...
