"""What is remembered of duties that journey opened."""

from collections.abc import Sequence
from typing import Protocol

from contracts.ids import DutyKey, NewsId

from notifications.duties.duty import Duty
from notifications.transaction.ledger import Transaction


class Duties(Protocol):
    """Duties that journey opened."""

    async def open(self, duty: Duty) -> None:
        """Remember it; one that is known stays as it is."""

    async def change(self, duty: Duty) -> None:
        """It is this from now on, open again where it was met."""

    async def meet(self, key: DutyKey) -> None: ...

    async def of(self, key: DutyKey) -> Duty | None: ...

    async def unmet_about(self, news: Sequence[NewsId]) -> Sequence[Duty]: ...


class Ledger(Transaction, Protocol):
    """A transaction, as far as it is about duties."""

    @property
    def duties(self) -> Duties: ...
