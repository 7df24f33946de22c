"""The due list of one officer with the names of the victims in it, and whose victims an officer may take over."""

from datetime import datetime
from typing import Protocol

from witness_care.due.due import Colleague, VictimDue


class Caseload(Protocol):
    """Reads what is due."""

    async def of(self, officer: str) -> tuple[list[VictimDue], list[VictimDue]]:
        """The officer's victims, soonest first, and those whom nobody has taken over yet."""

    async def colleagues(self, officer: str) -> list[Colleague]:
        """The other officers who answer to somebody, by name."""

    async def in_care_of(self, officer: str) -> list[VictimDue]:
        """One officer's victims, soonest first, each with the officer as the victim sees them."""

    async def now(self) -> datetime:
        """Business time."""
