"""What is remembered of news and what was decided about it."""

from collections.abc import Sequence
from typing import Protocol

from contracts.ids import NewsId, VictimId

from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.news import News
from notifications.transaction.ledger import Transaction


class Decisions(Protocol):
    """News and what was decided about it."""

    async def heard(self, news: NewsId) -> News | None:
        """The news as it was said last, whoever's it is; None when it never came."""

    async def note(self, news: News) -> None:
        """Remember the news as it is said now."""

    async def of(self, news: NewsId) -> DecisionRecord | None:
        """The decision about this news."""

    async def thread(self, original: NewsId, *, victim: VictimId) -> Sequence[News]:
        """This victim's item and what corrects or retracts it, in their order; the original may never have come."""

    async def owed(self, victim: VictimId) -> Sequence[DecisionRecord]:
        """Decisions about news that is owed and not yet told, oldest first."""

    async def goes_on_elsewhere(self, victim: VictimId) -> bool:
        """Whether news of theirs is had under another id of theirs."""

    async def keep(self, record: DecisionRecord) -> None:
        """Store the record and, when it is a new revision, its place in the history."""


class Ledger(Transaction, Protocol):
    """A transaction, as far as it is about decisions."""

    @property
    def decisions(self) -> Decisions: ...
