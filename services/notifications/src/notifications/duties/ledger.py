"""What is remembered of duties that journey opened."""

from collections.abc import Sequence
from typing import Protocol

from contracts.ids import ContactId, DutyKey, NewsId

from notifications.duties.duty import Duty
from notifications.transaction.ledger import Transaction


class Duties(Protocol):
    """Duties that journey opened."""

    async def open(self, duty: Duty) -> None:
        """Remember it; one that is known stays as it is."""

    async def change(self, duty: Duty) -> None:
        """It is this from now on, open again where it was met."""

    async def meet(self, key: DutyKey, *, by: ContactId | None = None) -> None:
        """It was met: as journey says, or by this contact, which may be taken back."""

    async def reopen(self, by: ContactId) -> Sequence[Duty]:
        """Those that only this contact met are open again."""

    async def of(self, key: DutyKey) -> Duty | None: ...

    async def unmet_about(self, news: Sequence[NewsId]) -> Sequence[Duty]: ...


class Ledger(Transaction, Protocol):
    """A transaction, as far as it is about duties."""

    @property
    def duties(self) -> Duties: ...
