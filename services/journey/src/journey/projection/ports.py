"""What the projection needs remembered and announced."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from chassis.database import Connection
from contracts.ids import CaseId, NewsId, VictimId

from journey.facts.fact import EventKey, Fact
from journey.facts.ties import IdentityChange
from journey.facts.warning import Naming, Warned
from journey.tellings.telling import Contact, ContactTakenBack, Message, Told


class TakingTurns(Protocol):
    """Who settles journeys does so alone, until its transaction ends."""

    async def settle_alone(self, connection: Connection) -> None: ...

    async def keep_beside_others(self, connection: Connection) -> None: ...


class Facts(Protocol):
    """Every consumed event once."""

    async def add(self, connection: Connection, facts: Sequence[Fact]) -> list[Fact]: ...

    async def named(self, connection: Connection, keys: Iterable[EventKey]) -> dict[EventKey, Fact]: ...


class Ties(Protocol):
    """Who belongs where."""

    async def note(self, connection: Connection, changes: Iterable[IdentityChange]) -> None: ...

    async def victims_of(self, connection: Connection, cases: Collection[CaseId]) -> set[VictimId]: ...


class Victims(Protocol):
    """Whom we have heard of."""

    async def note(self, connection: Connection, victims: Collection[VictimId]) -> set[VictimId]: ...


class Warnings(Protocol):
    """Which warnings of what makes contact unsafe stand for a victim, by digest."""

    async def note(
        self, connection: Connection, said: Collection[tuple[VictimId, str]]
    ) -> set[tuple[VictimId, str]]: ...

    async def any_of(self, connection: Connection, victims: Collection[VictimId]) -> bool: ...

    async def history(self, connection: Connection, victims: Iterable[VictimId]) -> dict[VictimId, list[Naming]]: ...

    async def replace(self, connection: Connection, standing: Mapping[VictimId, Collection[str]]) -> None: ...


class Tellings(Protocol):
    """What became of each piece of news."""

    async def note(self, connection: Connection, told: Sequence[Told]) -> None: ...

    async def note_message(self, connection: Connection, message: Message) -> None: ...

    async def news_in(self, connection: Connection, message_id: str, *, victim_id: VictimId) -> list[NewsId]: ...

    async def note_contact(self, connection: Connection, contact: Contact) -> None: ...

    async def take_back(self, connection: Connection, taken_back: ContactTakenBack) -> None: ...


class Grants(Protocol):
    """Which sign-in may see which victim's journey."""

    async def grant(self, connection: Connection, subject: str, *, victim_id: VictimId, at: datetime) -> None: ...

    async def revoke(self, connection: Connection, subject: str, *, victim_id: VictimId, at: datetime) -> None: ...


class Announcements(Protocol):
    """Appends to journey's log, inside the caller's transaction."""

    async def announce(
        self, connection: Connection, *, heard: Sequence[Fact] = (), warned: Sequence[Warned] = ()
    ) -> None: ...


class Freshness(Protocol):
    """How fresh each source is."""

    async def note(self, connection: Connection, facts: Sequence[Fact]) -> None: ...
