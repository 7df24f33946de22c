"""Put one victim's timeline together, for the one who reads it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from chassis.clock import business_now
from chassis.database import Connection, Pool
from chassis.working_days import london_day
from contracts.ids import VictimId

from journey.errors import UnknownVictim
from journey.facts.fact import EventKey, Fact
from journey.timeline.belonging import belonging, held_back
from journey.timeline.entries import Entry, Kept, Shown, entries_of, reopened
from journey.timeline.grouping import Groups, groups_of, in_groups
from journey.timeline.hers import Hers
from journey.timeline.moment import as_read
from journey.timeline.paging import part_of
from journey.timeline.recorded import recorded
from journey.timeline.status import Status, newest_contact, status_of
from journey.timeline.texts import Closed, closed_to
from journey.timeline.warnings import warnings_in
from journey.wording.content import Audience, Content


@dataclass(frozen=True, slots=True)
class Material:
    """What a timeline is made of: facts that may belong to it, and what each is to the victim.

    `linked` is false where no link of hers is known. `goes_on_as`: she is one person with another id, under which
    all of it is had; whoever was given sight of this one was not given sight of that.
    """

    kept: Sequence[Kept]
    hers: Mapping[EventKey, Hers]
    linked: bool
    goes_on_as: VictimId | None = None

    def shown_to(self, reader: Audience) -> list[Shown]:
        """What of it belongs to this victim's timeline as `reader` may see it, newest first."""
        if self.goes_on_as is not None and reader is Audience.VICTIM:
            return []
        return belonging(self.kept, hers=self.hers, reader=reader)

    def held_back(self) -> frozenset[str]:
        """The matters in which something of hers waits for an officer."""
        return held_back(self.kept, hers=self.hers)


@dataclass(frozen=True, slots=True)
class SourceFreshness:
    """When something of a source was last recorded. A publisher may have several: each police force is one."""

    source: str
    publisher: str
    last_recorded_at: datetime


@dataclass(frozen=True, slots=True)
class OwedNow:
    """One open duty."""

    duty_key: str
    duty_id: str
    owner: str
    due_at: datetime
    reminder_at: datetime
    opened_at: datetime
    code_edition: str
    beyond_calendar: bool
    news_id: str


@dataclass(frozen=True, slots=True)
class CameLate:
    """What one agency owed another by `due_at`, and came later; the event is what came."""

    duty_id: str
    source: str
    event_id: str
    due_at: datetime
    came_at: datetime


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole: entries newest first, where things are now, what is owed, and how fresh the sources are."""

    victim_id: VictimId
    entries: Sequence[Entry]
    status: Status
    owed: Sequence[OwedNow]
    freshness: Sequence[SourceFreshness]
    read_at: datetime
    held_back: frozenset[str] = frozenset()
    """For the victim: the matters in which something waits for an officer."""
    warnings: Sequence[str] = ()
    """What makes contact with her unsafe, for officers alone."""
    groups: Groups = field(default_factory=dict)
    late: Sequence[CameLate] = ()
    """What came late from an agency, for officers who ask where things are."""
    goes_on_as: VictimId | None = None
    """For officers: the id under which she goes on, where that is another."""


class Timelines(Protocol):
    """Where the material comes from."""

    async def material(self, connection: Connection, victim_id: VictimId) -> Material: ...

    async def freshness(self, connection: Connection) -> list[SourceFreshness]: ...

    async def owed(self, connection: Connection, victim_id: VictimId) -> list[OwedNow]: ...

    async def late(self, connection: Connection, victim_id: VictimId) -> list[CameLate]: ...

    async def outline(self, connection: Connection, victim_id: VictimId) -> Material: ...


class Opening(Protocol):
    """Opens sealed facts for a purpose, but for the texts that are closed to the reader."""

    async def contents(
        self, facts: Sequence[Fact], *, purpose: str, closed: Mapping[EventKey, Closed]
    ) -> dict[EventKey, Content]: ...


async def opened(
    opening: Opening, shown: Sequence[Shown], *, purpose: str, reader: Audience
) -> dict[EventKey, Content]:
    """What these facts say, as far as `reader` may read it."""
    facts = [item.kept.fact for item in shown]
    closed = closed_to(reader, shown, recorded(facts))
    return await opening.contents(facts, purpose=purpose, closed=closed)


_Wanted = Callable[[Sequence[Entry], Groups], Sequence[Entry]]
"""Which of the entries anybody is going to read, given which of them read as one."""


@dataclass(frozen=True, slots=True)
class TimelineReader:
    """Reads timelines. Who may read which is decided before."""

    pool: Pool
    timelines: Timelines
    opening: Opening

    async def read(self, victim_id: VictimId, *, reader: Audience) -> Timeline:
        """The whole timeline of one victim, every text of it opened that `reader` may read.

        Raises UnknownVictim when nothing is known of anybody with this id; so do the others.
        """
        return await self._read(victim_id, reader=reader, wanted=lambda entries, _: entries)

    async def read_page(self, victim_id: VictimId, *, number: int) -> Timeline:
        """The same for the victim's page: what does not stand on it is not opened, and in no words to be read."""

        def on_it(entries: Sequence[Entry], groups: Groups) -> list[Entry]:
            return [entry for group in part_of(in_groups(entries, groups), number).items for entry in group]

        return await self._read(victim_id, reader=Audience.VICTIM, wanted=on_it)

    async def read_status(self, victim_id: VictimId, *, reader: Audience) -> Timeline:
        """The same for who asks where things are: codes say that, and no text is opened but who answers to her."""
        timeline = await self._read(victim_id, reader=reader, wanted=lambda _, __: ())
        if reader is not Audience.OFFICER:
            return timeline
        async with self.pool.acquire() as connection:
            return replace(timeline, late=await self.timelines.late(connection, victim_id))

    async def _read(self, victim_id: VictimId, *, reader: Audience, wanted: _Wanted) -> Timeline:
        async with self.pool.acquire() as connection:
            material = await self.timelines.material(connection, victim_id)
            owed = await self.timelines.owed(connection, victim_id)
            freshness = await self.timelines.freshness(connection)
            now = await business_now(connection)
        unknown = not material.kept and not material.linked
        if unknown or (material.goes_on_as is not None and reader is Audience.VICTIM):
            raise UnknownVictim
        shown = material.shown_to(reader)
        codes = recorded(item.kept.fact for item in shown)
        glanced = entries_of(shown, codes, reader=reader)
        groups, contact = groups_of(glanced), newest_contact(glanced)
        to_read = {entry.fact.key for entry in (*wanted(glanced, groups), *((contact,) if contact else ()))}
        said = await opened(
            self.opening,
            [item for item in shown if item.kept.fact.key in to_read],
            purpose="victim's timeline" if reader is Audience.VICTIM else "officer's view of a timeline",
            reader=reader,
        )
        entries = as_read(reopened(glanced, said), today=london_day(now), only=to_read)
        warnings = warnings_in(entries) if reader is Audience.OFFICER else ()
        held = material.held_back() if reader is Audience.VICTIM else frozenset[str]()
        status = status_of(entries, now=now, held_back=held)
        return Timeline(
            victim_id, entries, status, owed, freshness, now, held, warnings, groups, goes_on_as=material.goes_on_as
        )

    async def today(self) -> date:
        """The day in London by which what is read now is worded."""
        async with self.pool.acquire() as connection:
            return london_day(await business_now(connection))

    async def fingerprint(self, victim_id: VictimId, *, reader: Audience) -> str:
        """A text that differs once `reader` can see that an entry came, went, was put right, or was told.

        What is not on the page yet changes nothing, and neither does her own opening of an entry. A telling is an entry
        of its own, and so is each correction.
        """
        async with self.pool.acquire() as connection:
            material = await self.timelines.outline(connection, victim_id)
        shown = material.shown_to(reader)
        return " ".join(f"{item.kept.fact.origin:d}/{item.kept.fact.position}/{item.reach}" for item in shown)
