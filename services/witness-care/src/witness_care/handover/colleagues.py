"""Whose victims an officer may take over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from witness_care.care.person import ContactPerson
from witness_care.due.due import VictimDue


@dataclass(frozen=True, slots=True)
class Colleague:
    """Another officer and how many victims they answer to; `person` is None where no name can be read."""

    officer: str
    person: ContactPerson | None
    victims: int


@dataclass(frozen=True, slots=True)
class InCare:
    """One officer's victims, soonest first, and the officer as the first of them sees them."""

    victims: Sequence[VictimDue]
    person: ContactPerson | None


class Colleagues(Protocol):
    """Finds them."""

    async def others(self, officer: str) -> list[Colleague]:
        """The other officers who answer to somebody, by name."""

    async def in_care_of(self, officer: str) -> InCare:
        """One officer's victims."""
