"""What is remembered of contacts asked of officers."""

from collections.abc import Sequence
from typing import Protocol

from chassis.working_days import WorkingCalendar
from contracts.ids import ContactId, NewsId, VictimId

from notifications.decisions import ledger as decisions
from notifications.duties import ledger as duties


class Contacts(Protocol):
    """Contacts asked of officers. One is open about an item until it was made, or withdrawn."""

    async def asked(self, victim: VictimId, news: NewsId) -> bool:
        """Whether a contact to tell this item is open."""

    async def not_yet_asked(self, victim: VictimId, news: Sequence[NewsId], *, to_put_right: bool) -> Sequence[NewsId]:
        """Those about which none is open."""

    async def ask(
        self, contact: ContactId, victim: VictimId, news: Sequence[NewsId], *, to_put_right: bool
    ) -> Sequence[ContactId]:
        """Open one about those about which none is; the earlier ones that it replaces and that are open no more."""

    async def made(self, victim: VictimId, news: NewsId, *, to_put_right: bool, by: ContactId | None) -> None:
        """The item needs no contact: by the one that an officer made, or for good where `by` is None."""

    async def reopen(self, victim: VictimId, *, by: ContactId) -> None:
        """What that contact made is to be made again: it was taken back."""

    async def withdraw(self, victim: VictimId, news: NewsId, *, to_put_right: bool) -> ContactId | None:
        """Forget the contact about this item, open or made, where it is open about no other; else None."""


class Ledger(duties.Ledger, decisions.Ledger, Protocol):
    """A transaction, as far as an officer can be asked in it: by when depends on what is owed."""

    @property
    def contacts(self) -> Contacts: ...

    @property
    def calendar(self) -> WorkingCalendar: ...
