"""What is remembered of news and what was decided about it."""

from collections.abc import Sequence
from typing import Protocol

from contracts.ids import NewsId, VictimId

from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.news import News
from notifications.transaction.ledger import Transaction


class Decisions(Protocol):
    """News and what was decided about it."""

    async def arrive(self, news: News) -> bool:
        """Note that this news came; False when it had come before."""

    async def widen(self, news: News) -> bool:
        """Known news may reach the victim herself now; False when it could before."""

    async def of(self, news: NewsId) -> DecisionRecord | None:
        """The decision about this news."""

    async def amendments_of(self, news: NewsId, *, victim: VictimId) -> Sequence[DecisionRecord]:
        """The decisions about this victim's news that corrects or retracts this one, oldest first."""

    async def owed(self, victim: VictimId) -> Sequence[DecisionRecord]:
        """Decisions about news that is owed and not yet told, oldest first."""

    async def keep(self, record: DecisionRecord) -> None:
        """Store the record and, when it is a new revision, its place in the history."""


class Ledger(Transaction, Protocol):
    """A transaction, as far as it is about decisions."""

    @property
    def decisions(self) -> Decisions: ...
