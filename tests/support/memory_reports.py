"""What victims were told, what was announced and what bears on no journey, over `MemoryJourneys`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.database import Connection
from contracts.ids import NewsId, VictimId
from journey.facts.fact import EventKey, Fact
from journey.facts.warning import Naming, Warned
from journey.projection.settling import Changes
from journey.tellings.telling import Contact, ContactTakenBack, Message, Step, Told
from support.memory_journeys import MemoryJourneys


@dataclass(frozen=True, slots=True)
class MemoryTellings:
    """What victims were told."""

    held: MemoryJourneys

    async def note(self, connection: Connection, told: Sequence[Told]) -> None:
        """Keep what was seen, at its earliest time."""
        for one in told:
            if one.step is Step.SEEN:
                self.held.seen[one.news_id] = min(one.at, self.held.seen.get(one.news_id, one.at))

    async def note_message(self, connection: Connection, message: Message) -> None:
        """A message tells nothing."""

    async def news_in(self, connection: Connection, message_id: str, *, victim_id: VictimId) -> list[NewsId]:
        """Nothing is looked up."""
        return []

    async def note_contact(self, connection: Connection, contact: Contact) -> None:
        """Keep a contact."""
        self.held.contacts.setdefault(contact.contact_id, contact)

    async def take_back(self, connection: Connection, taken_back: ContactTakenBack) -> None:
        """It was recorded in error."""
        self.held.taken_back.add(taken_back.contact_id)


@dataclass(frozen=True, slots=True)
class MemoryRest:
    """What bears on no journey: heard of, warned, granted, how fresh; and what was announced."""

    held: MemoryJourneys

    async def announce_changes(
        self, connection: Connection, changes: Changes, *, traces: Mapping[EventKey, str]
    ) -> None:
        """Remember it."""
        self.held.said.append(changes)

    async def announce(
        self, connection: Connection, *, heard: Sequence[Fact] = (), warned: Sequence[Warned] = ()
    ) -> None:
        """Not looked at."""

    async def grant(self, connection: Connection, subject: str, *, victim_id: VictimId, at: datetime) -> None:
        """Not looked at."""

    async def revoke(self, connection: Connection, subject: str, *, victim_id: VictimId, at: datetime) -> None:
        """Not looked at."""


class MemoryFreshness:
    """Not looked at."""

    async def note(self, connection: Connection, facts: Sequence[Fact]) -> None:
        """Nothing to remember."""


class MemoryVictims:
    """Everybody is known."""

    async def note(self, connection: Connection, victims: Collection[VictimId]) -> set[VictimId]:
        """Nobody is new."""
        return set()


class MemoryWarnings:
    """Nothing was warned."""

    async def note(self, connection: Connection, said: Collection[tuple[VictimId, str]]) -> set[tuple[VictimId, str]]:
        """Nothing is new."""
        return set()

    async def any_of(self, connection: Connection, victims: Collection[VictimId]) -> bool:
        """None stands."""
        return False

    async def history(self, connection: Connection, victims: Iterable[VictimId]) -> dict[VictimId, list[Naming]]:
        """Nothing was said."""
        return {}

    async def replace(self, connection: Connection, standing: Mapping[VictimId, Collection[str]]) -> None:
        """Nothing stands."""
