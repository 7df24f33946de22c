"""What the projection needs remembered and announced."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from chassis.database import Connection
from contracts.ids import CaseId, DutyKey, NewsId, VictimId

from journey.duties.duty import ClosedDuty, OwedDuty
from journey.facts.fact import EventKey, Fact
from journey.facts.matter import IdentityChange, Member
from journey.facts.news import Entered, News, NewsKey, Withdrawal
from journey.facts.warning import Naming, Warned
from journey.tellings.telling import Message, Told


class Facts(Protocol):
    """Every consumed event once."""

    async def add(self, connection: Connection, facts: Sequence[Fact]) -> list[Fact]: ...

    async def of_matters(self, connection: Connection, roots: Iterable[str]) -> list[Fact]: ...

    async def in_threads(
        self, connection: Connection, threads: Collection[str], *, cases: Collection[CaseId]
    ) -> list[Fact]: ...

    async def named(self, connection: Connection, keys: Iterable[EventKey]) -> dict[EventKey, Fact]: ...

    async def corrected(self, connection: Connection, keys: Iterable[EventKey]) -> set[EventKey]: ...


class Matters(Protocol):
    """Who belongs to which matter."""

    async def apply(self, connection: Connection, changes: Sequence[IdentityChange]) -> list[str]: ...

    async def roots_of(self, connection: Connection, cases: Iterable[CaseId]) -> list[str]: ...

    async def members_of(self, connection: Connection, cases: Iterable[CaseId]) -> dict[CaseId, list[Member]]: ...

    async def victims_of(self, connection: Connection, roots: Iterable[str]) -> set[VictimId]: ...

    async def cleared(self, connection: Connection, keys: Sequence[EventKey]) -> set[EventKey]: ...


class NewsBook(Protocol):
    """Which fact became whose news."""

    async def known(self, connection: Connection, keys: Sequence[NewsKey]) -> dict[NewsKey, Entered]: ...

    async def of_facts(self, connection: Connection, facts: Iterable[EventKey]) -> dict[NewsKey, Entered]: ...

    async def withdraw(self, connection: Connection, news: Sequence[NewsId], *, at: datetime) -> None: ...

    async def enter(self, connection: Connection, news: Sequence[News]) -> None: ...


class Victims(Protocol):
    """Whom we have heard of."""

    async def note(self, connection: Connection, victims: Collection[VictimId]) -> set[VictimId]: ...


class Warnings(Protocol):
    """Which warnings of what makes contact unsafe stand for a victim, by digest."""

    async def note(
        self, connection: Connection, said: Collection[tuple[VictimId, str]]
    ) -> set[tuple[VictimId, str]]: ...

    async def history(self, connection: Connection, victims: Iterable[VictimId]) -> dict[VictimId, list[Naming]]: ...

    async def replace(self, connection: Connection, standing: Mapping[VictimId, Collection[str]]) -> None: ...


class DutyBook(Protocol):
    """What is owed, met, superseded and exempt."""

    async def note_enhanced(self, connection: Connection, victims: Sequence[VictimId]) -> None: ...

    async def enhanced(self, connection: Connection, victims: Iterable[VictimId]) -> frozenset[VictimId]: ...

    async def open(self, connection: Connection, duties: Sequence[OwedDuty]) -> list[OwedDuty]: ...

    async def supersede(self, connection: Connection, duties: Sequence[OwedDuty]) -> list[ClosedDuty]: ...

    async def withdraw(self, connection: Connection, retractions: Sequence[News]) -> list[ClosedDuty]: ...

    async def let_go(self, connection: Connection, withdrawn: Sequence[Withdrawal]) -> list[ClosedDuty]: ...

    async def settle(
        self, connection: Connection, *, victims: Iterable[VictimId], opened: Iterable[OwedDuty] = ()
    ) -> list[ClosedDuty]: ...

    async def settle_named(
        self, connection: Connection, keys: Sequence[DutyKey], *, victim_id: VictimId, at: datetime
    ) -> list[ClosedDuty]: ...


class Tellings(Protocol):
    """What became of each piece of news."""

    async def note(self, connection: Connection, told: Sequence[Told]) -> None: ...

    async def note_message(self, connection: Connection, message: Message) -> None: ...

    async def news_in(self, connection: Connection, message_id: str, *, victim_id: VictimId) -> list[NewsId]: ...


class Grants(Protocol):
    """Which sign-in may see which victim's journey."""

    async def grant(self, connection: Connection, subject: str, *, victim_id: VictimId, at: datetime) -> None: ...

    async def revoke(self, connection: Connection, subject: str, *, victim_id: VictimId, at: datetime) -> None: ...


class Announcements(Protocol):
    """Appends to journey's log, inside the caller's transaction."""

    async def announce(
        self,
        connection: Connection,
        *,
        heard: Sequence[Fact] = (),
        warned: Sequence[Warned] = (),
        news: Sequence[News] = (),
        withdrawn: Sequence[Withdrawal] = (),
        opened: Sequence[OwedDuty] = (),
        closed: Sequence[ClosedDuty] = (),
    ) -> None: ...


class Freshness(Protocol):
    """How fresh each source is."""

    async def note(self, connection: Connection, facts: Sequence[Fact]) -> None: ...
