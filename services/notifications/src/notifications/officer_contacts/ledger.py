"""What is remembered of contacts asked of officers."""

from collections.abc import Sequence
from typing import Protocol

from chassis.working_days import WorkingCalendar
from contracts.ids import ContactId, NewsId, VictimId

from notifications.decisions import ledger as decisions
from notifications.duties import ledger as duties


class Contacts(Protocol):
    """Contacts asked of officers."""

    async def asked(self, victim: VictimId, news: NewsId) -> bool:
        """Whether an officer was asked to tell this item, and the contact was not withdrawn."""

    async def not_yet_asked(
        self, victim: VictimId, news: Sequence[NewsId], *, to_put_right: bool
    ) -> Sequence[NewsId]: ...

    async def ask(
        self, contact: ContactId, victim: VictimId, news: Sequence[NewsId], *, to_put_right: bool
    ) -> None: ...

    async def forget(self, victim: VictimId, news: NewsId, *, to_put_right: bool) -> None:
        """It was made: should it ever be needed again, it is asked for again."""

    async def withdraw(self, victim: VictimId, news: NewsId, *, to_put_right: bool) -> ContactId | None:
        """Forget the contact that was asked for about this item and no other; None where there is none."""


class Ledger(duties.Ledger, decisions.Ledger, Protocol):
    """A transaction, as far as an officer can be asked in it: by when depends on what is owed."""

    @property
    def contacts(self) -> Contacts: ...

    @property
    def calendar(self) -> WorkingCalendar: ...
