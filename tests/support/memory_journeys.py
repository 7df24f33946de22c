"""The tables of journey's projection in memory: the same facts, ties, tellings, news and duties."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chassis.database import Connection
from contracts.ids import CaseId, NewsId, VictimId
from journey.duties.changes import DutyChange, KeptDuty
from journey.duties.duty import DutyState, Ending
from journey.facts.changes import KeptNews, NewsChange, Withdrawal
from journey.facts.fact import EventKey, Fact, Origin
from journey.facts.persons import Join, Parting, Person, person_of
from journey.facts.ties import Clearance, IdentityChange, Link, Merge, MergeUndone, Revocation
from journey.projection.settling import Changes
from journey.tellings.one_person import OnRecord, record_of
from journey.tellings.record import Record
from journey.tellings.telling import Contact, Tellings
from msgspec.structs import replace as replaced


@dataclass(slots=True)
class MemoryJourneys:
    """Everything that the two projections need, in one place; `said` is what was announced, in order."""

    facts: dict[tuple[Origin, int], Fact] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    merges: dict[str, Merge] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)
    joins: dict[str, Join] = field(default_factory=dict)
    parted: set[str] = field(default_factory=set)
    clearances: dict[EventKey, Clearance] = field(default_factory=dict)
    seen: dict[NewsId, datetime] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    taken_back: set[str] = field(default_factory=set)
    news: dict[NewsId, KeptNews] = field(default_factory=dict)
    duties: dict[str, KeptDuty] = field(default_factory=dict)
    said: list[Changes] = field(default_factory=list)

    def record(self, victim_id: VictimId) -> Record:
        """The whole record of the person whose id this is."""
        person = self.person(victim_id)
        links = [self._link(link) for link in self.links.values()]
        merges = [self._merge(merge) for merge in self.merges.values()]
        together = _looked_at_together(merges)
        hers = {together.get(link.case_id, link.case_id) for link in links if person.has(link.victim_id)}
        facts = [
            fact
            for fact in self.facts.values()
            if fact.origin is Origin.INTAKE
            and (person.has(fact.victim_id) or (fact.victim_id is None and _in(fact.case_id, together, hers)))
        ]
        found = OnRecord(
            cases=sorted(CaseId(link.case_id) for link in links if _in(link.case_id, together, hers)),
            facts=sorted(facts, key=lambda fact: fact.position),
            links=[link for link in links if _in(link.case_id, together, hers)],
            merges=[merge for merge in merges if _in(merge.merged, together, hers)],
            cleared=self.clearances,
            tellings={one: self._tellings(one) for one in person.known_as},
        )
        return record_of(person, found)

    def person(self, victim_id: VictimId) -> Person:
        """Whose id it is."""
        return person_of(
            victim_id, [replace(join, stands=join.join_id not in self.parted) for join in self.joins.values()]
        )

    def victims(self) -> set[VictimId]:
        """Everybody of whom anything is on record."""
        named = {fact.victim_id for fact in self.facts.values() if fact.victim_id is not None}
        joined = {victim_id for join in self.joins.values() for victim_id in (join.victim_id, join.into)}
        return named | joined | {link.victim_id for link in self.links.values()}

    def _tellings(self, victim_id: VictimId) -> Tellings:
        hers = [one for one in self.contacts.values() if one.victim_id == victim_id]
        standing = [one for one in hers if one.contact_id not in self.taken_back]
        return Tellings(dict(self.seen), sorted(standing, key=lambda one: (one.made_at, one.contact_id)))

    def _link(self, link: Link) -> Link:
        stands = link.link_id not in self.revoked
        return Link(
            link.link_id, link.victim_id, link.case_id, link.accused, link.linked_at, link.position, stands=stands
        )

    def _merge(self, merge: Merge) -> Merge:
        ids = merge.event_id, merge.merged, merge.into, merge.merged_at, merge.position
        return Merge(*ids, same_crime=merge.same_crime, stands=merge.event_id not in self.undone)


def _in(case_id: str | None, together: Mapping[str, str], roots: Collection[str]) -> bool:
    return case_id is not None and together.get(case_id, case_id) in roots


def _looked_at_together(merges: Iterable[Merge]) -> Mapping[str, str]:
    root: dict[str, str] = {}
    for merge in merges:
        one, other = root.setdefault(merge.merged, merge.merged), root.setdefault(merge.into, merge.into)
        root |= {case_id: other for case_id, named in root.items() if named == one}
    return root


@dataclass(frozen=True, slots=True)
class MemoryTables:
    """The ports of the projection over one `MemoryJourneys`."""

    held: MemoryJourneys

    async def settle_alone(self, connection: Connection) -> None:
        """Nobody else is there."""

    async def keep_beside_others(self, connection: Connection) -> None:
        """Nobody else is there."""

    async def add(self, connection: Connection, facts: Sequence[Fact]) -> list[Fact]:
        """Keep those that are new."""
        new = []
        for fact in facts:
            if (fact.origin, fact.position) not in self.held.facts:
                self.held.facts[fact.origin, fact.position] = replaced(fact, traceparent=None)
                new.append(fact)
        return new

    async def named(self, connection: Connection, keys: Iterable[EventKey]) -> dict[EventKey, Fact]:
        """Those that are here."""
        wanted = set(keys)
        return {fact.key: fact for fact in self.held.facts.values() if fact.key in wanted}

    async def note(self, connection: Connection, changes: Iterable[IdentityChange]) -> None:
        """Keep these decisions."""
        for change in changes:
            if isinstance(change, (Join, Parting)):
                self._join(change)
            else:
                self._tie(change)

    def _join(self, change: Join | Parting) -> None:
        if isinstance(change, Join):
            self.held.joins.setdefault(change.join_id, change)
        else:
            self.held.parted.add(change.join_id)

    def _tie(self, change: Link | Revocation | Merge | MergeUndone | Clearance) -> None:
        match change:
            case Link():
                self.held.links.setdefault(change.link_id, change)
            case Revocation():
                self.held.revoked.add(change.link_id)
            case Merge():
                self.held.merges.setdefault(change.event_id, change)
            case MergeUndone():
                self.held.undone.add(change.event_id)
            case Clearance():
                self.held.clearances.setdefault(change.fact, change)

    async def victims_of(self, connection: Connection, cases: Collection[CaseId]) -> set[VictimId]:
        """Everybody who was ever linked to a matter of these cases."""
        together = _looked_at_together(self.held.merges.values())
        roots = {together.get(case_id, case_id) for case_id in cases}
        return {link.victim_id for link in self.held.links.values() if _in(link.case_id, together, roots)}

    async def ever_joined(self, connection: Connection, victims: Collection[VictimId]) -> set[VictimId]:
        """Them, and everybody with whom they were ever joined."""
        found, before = set(victims), set[VictimId]()
        while found != before:
            before = set(found)
            for join in self.held.joins.values():
                found |= {join.victim_id, join.into} if {join.victim_id, join.into} & found else set()
        return found

    async def of(self, connection: Connection, victims: Collection[VictimId]) -> list[Record]:
        """Their records."""
        return [self.held.record(victim_id) for victim_id in victims]


@dataclass(frozen=True, slots=True)
class MemoryNews:
    """News as it was last said."""

    held: MemoryJourneys

    async def kept(self, connection: Connection, victims: Collection[VictimId]) -> list[KeptNews]:
        """Theirs."""
        return [one for one in self.held.news.values() if one.victim_id in victims]

    async def keep(self, connection: Connection, changes: Sequence[NewsChange]) -> None:
        """Keep what is said now."""
        for one in changes:
            news = one.news
            said = news.news_id, news.victim_id, news.reach, news.standing, news.corrects
            self.held.news[news.news_id] = KeptNews(*said, revision=one.revision, told_at=news.told_at)

    async def withdraw(self, connection: Connection, withdrawn: Sequence[Withdrawal], *, at: datetime) -> None:
        """Keep that this is not its victim's."""
        for one in withdrawn:
            kept, moved_to = one.kept, one.moved_to
            self.held.news[kept.news_id] = replace(kept, withdrawn=True, revision=kept.revision + 1, moved_to=moved_to)


@dataclass(frozen=True, slots=True)
class MemoryDuties:
    """Duties as they were last said."""

    held: MemoryJourneys

    async def kept(self, connection: Connection, victims: Collection[VictimId]) -> list[KeptDuty]:
        """Theirs."""
        return [one for one in self.held.duties.values() if one.victim_id in victims]

    async def keep(self, connection: Connection, changes: Sequence[DutyChange]) -> None:
        """Keep what is owed now."""
        for change in changes:
            self.held.duties[change.duty.key] = kept_of(change)

    async def let_go(self, connection: Connection, gone: Sequence[KeptDuty], *, at: datetime) -> None:
        """Keep that these are owed no more."""
        for one in gone:
            ending = Ending(DutyState.SUPERSEDED, "event", at)
            self.held.duties[one.key] = replace(one, ending=ending, revision=one.revision + 1)


def kept_of(change: DutyChange) -> KeptDuty:
    """A duty as it is kept."""
    duty = change.duty
    return KeptDuty(
        key=duty.key,
        victim_id=duty.victim_id,
        case_id=duty.case_id,
        subject=duty.subject,
        due_at=duty.deadline.due_at,
        reminder_at=duty.deadline.reminder_at,
        reach=duty.reach,
        ending=duty.ending,
        leg=change.leg,
        revision=change.revision,
    )
