"""The due list of one officer, with the names of the victims in it."""

from datetime import datetime
from typing import Protocol

from witness_care.domain.due import VictimDue


class Caseload(Protocol):
    """Reads what is due."""

    async def of(self, officer: str) -> tuple[list[VictimDue], list[VictimDue]]:
        """The officer's victims, soonest first, and those whom nobody has taken over yet."""

    async def now(self) -> datetime:
        """Business time."""
