"""Whom we have heard of, and who may see and change whose promise."""

from collections.abc import Sequence
from typing import Protocol

from contracts.ids import VictimId

from notifications.transaction.ledger import Transaction


class Victims(Protocol):
    """Whom we have heard of: any event about a victim proves that there is one, so that a mistyped id is found out."""

    async def note(self, victims: Sequence[VictimId]) -> None:
        """An event about each of these came."""

    async def knows(self, victim: VictimId) -> bool: ...


class Grants(Protocol):
    """Who may see and change whose promise."""

    async def grant(self, subject: str, victim: VictimId) -> None: ...

    async def revoke(self, subject: str, victim: VictimId) -> None: ...

    async def holds(self, subject: str, victim: VictimId) -> bool: ...


class Ledger(Transaction, Protocol):
    """A transaction, as far as it is about victims and grants."""

    @property
    def victims(self) -> Victims: ...

    @property
    def grants(self) -> Grants: ...
