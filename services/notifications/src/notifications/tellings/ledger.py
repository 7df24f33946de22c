"""What is remembered of what the victim came to know."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from contracts.ids import ContactId, NewsId, VictimId

from notifications.tellings.telling import Telling
from notifications.transaction.ledger import Transaction


class Tellings(Protocol):
    """What the victim has been told; kept also for news that has not reached us yet, as topics are not in step."""

    async def note(self, victim: VictimId, news: NewsId, telling: Telling) -> bool:
        """Note it; False when told in this way before, or by this contact."""

    async def of(self, victim: VictimId, news: NewsId) -> Sequence[Telling]:
        """All that stand, whatever they count for; the earliest first."""

    async def looked(self, victim: VictimId, at: datetime) -> None:
        """The victim opened something."""

    async def in_touch(self, contact: ContactId, victim: VictimId, at: datetime) -> bool:
        """An officer was in touch; False when that was said before, or taken back already."""

    async def take_back(self, contact: ContactId, victim: VictimId) -> Sequence[NewsId]:
        """That contact was recorded in error: forget what it told, and say about which news it was."""

    async def last(self, victim: VictimId) -> datetime | None:
        """When the victim last opened something or heard from an officer."""


class Ledger(Transaction, Protocol):
    """A transaction, as far as it is about tellings."""

    @property
    def tellings(self) -> Tellings: ...
