"""Compute the journeys of the victims whom something touched, and say what is different from what was said before."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from chassis.database import Connection
from chassis.working_days import WorkingCalendar
from contracts.ids import VictimId

from journey.duties.changes import DutyChange, KeptDuty, difference_of_duties
from journey.facts.changes import KeptNews, NewsChange, Withdrawal, difference_of_news
from journey.facts.fact import EventKey
from journey.projection.journey import Journey, journey_under
from journey.tellings.record import Record

_Kept = TypeVar("_Kept", KeptNews, KeptDuty)


@dataclass(frozen=True, slots=True)
class Changes:
    """What to say of any number of victims. `at` is when what brought it about was recorded."""

    at: datetime
    news: list[NewsChange] = field(default_factory=list)
    withdrawn: list[Withdrawal] = field(default_factory=list)
    duties: list[DutyChange] = field(default_factory=list)
    let_go: list[KeptDuty] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.news) + len(self.withdrawn) + len(self.duties) + len(self.let_go)

    def __bool__(self) -> bool:
        return self.count > 0


class RecordsOfVictims(Protocol):
    """Where records come from."""

    async def ever_joined(self, connection: Connection, victims: Collection[VictimId]) -> set[VictimId]: ...

    async def of(self, connection: Connection, victims: Collection[VictimId]) -> Sequence[Record]: ...


class NewsBook(Protocol):
    """What was last said of news."""

    async def kept(self, connection: Connection, victims: Collection[VictimId]) -> list[KeptNews]: ...

    async def keep(self, connection: Connection, changes: Sequence[NewsChange]) -> None: ...

    async def withdraw(self, connection: Connection, withdrawn: Sequence[Withdrawal], *, at: datetime) -> None: ...


class DutyBook(Protocol):
    """What was last said to be owed."""

    async def kept(self, connection: Connection, victims: Collection[VictimId]) -> list[KeptDuty]: ...

    async def keep(self, connection: Connection, changes: Sequence[DutyChange]) -> None: ...

    async def let_go(self, connection: Connection, gone: Sequence[KeptDuty], *, at: datetime) -> None: ...


class Announcements(Protocol):
    """Appends to journey's log, inside the caller's transaction."""

    async def announce_changes(
        self, connection: Connection, changes: Changes, *, traces: Mapping[EventKey, str]
    ) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """Keeps each victim's journey what the whole record says it is."""

    records: RecordsOfVictims
    news: NewsBook
    duties: DutyBook
    announcements: Announcements
    calendar: WorkingCalendar

    async def settle(
        self,
        connection: Connection,
        victims: Collection[VictimId],
        *,
        at: datetime,
        traces: Mapping[EventKey, str] | None = None,
    ) -> Changes:
        """Look through the records of these victims, and of whoever was ever one person with them; keep and announce
        what is different. `traces` are those of the events that are being projected."""
        changes = Changes(at)
        if not victims:
            return changes
        in_order = sorted(await self.records.ever_joined(connection, victims))
        news = _by_victim(await self.news.kept(connection, in_order))
        duties = _by_victim(await self.duties.kept(connection, in_order))
        for victim_id, record in zip(in_order, await self.records.of(connection, in_order), strict=True):
            journey = journey_under(victim_id, record, calendar=self.calendar)
            _add(changes, journey, news=news[victim_id], duties=duties[victim_id])
        if changes:
            await self._keep(connection, changes)
            await self.announcements.announce_changes(connection, changes, traces=traces or {})
        return changes

    async def ever_joined(self, connection: Connection, victims: Collection[VictimId]) -> set[VictimId]:
        """These victims, and everybody with whom any of them was ever thought to be one person."""
        return await self.records.ever_joined(connection, victims)

    async def _keep(self, connection: Connection, changes: Changes) -> None:
        await self.news.withdraw(connection, changes.withdrawn, at=changes.at)
        await self.news.keep(connection, changes.news)
        await self.duties.let_go(connection, changes.let_go, at=changes.at)
        await self.duties.keep(connection, changes.duties)


def _by_victim(kept: Sequence[_Kept]) -> defaultdict[VictimId, list[_Kept]]:
    found: defaultdict[VictimId, list[_Kept]] = defaultdict(list)
    for one in kept:
        found[one.victim_id].append(one)
    return found


def _add(changes: Changes, journey: Journey, *, news: Sequence[KeptNews], duties: Sequence[KeptDuty]) -> None:
    said, withdrawn = difference_of_news(journey.news, kept=news, moved=journey.moved)
    changes.news.extend(sorted(said, key=lambda change: change.news.fact.position))
    changes.withdrawn.extend(withdrawn)
    owed, gone = difference_of_duties(journey.duties, kept=duties)
    changes.duties.extend(owed)
    changes.let_go.extend(gone)
