"""The due list of one officer with the names of the victims in it."""

from typing import Protocol

from witness_care.due.due import VictimDue


class Caseload(Protocol):
    """Reads what is due."""

    async def of(self, officer: str) -> tuple[list[VictimDue], list[VictimDue]]:
        """The officer's victims, soonest first, and those whom nobody took over yet, as many as are shown at once."""

    async def one(self, victim_id: str) -> VictimDue | None:
        """One victim, whoever answers to them; None for one of whom nobody has heard."""

    async def waiting(self) -> int:
        """How many victims nobody has taken over."""

    async def overdue_with_nobody(self) -> int:
        """For how many of those something is overdue."""
