"""What is remembered of what the victim came to know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from contracts.ids import NewsId, VictimId

from notifications.decisions.verdicts import WhyNot
from notifications.transaction.ledger import Transaction


@dataclass(frozen=True, slots=True)
class Telling:
    """When and how the victim came to know."""

    at: datetime
    how: WhyNot


class Tellings(Protocol):
    """What the victim has been told; kept also for news that has not reached us yet, as topics are not in step."""

    async def note(self, victim: VictimId, news: NewsId, telling: Telling) -> bool:
        """Note it; False when told in this way before."""

    async def of(self, victim: VictimId, news: NewsId) -> Telling | None: ...

    async def told(self, victim: VictimId, at: datetime) -> None:
        """Somebody told the victim something at this time."""

    async def last(self, victim: VictimId) -> datetime | None:
        """When the victim was last told anything."""


class Ledger(Transaction, Protocol):
    """A transaction, as far as it is about tellings."""

    @property
    def tellings(self) -> Tellings: ...
