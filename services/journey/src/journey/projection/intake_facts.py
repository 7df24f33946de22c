"""Project intake's facts: keep each once, find whom it concerns, announce the news, open and close duties."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from chassis.database import Connection
from chassis.working_days import WorkingCalendar
from contracts.duties import DUTIES
from contracts.ids import VictimId
from contracts.telling import TELLING, Tell
from msgspec.structs import replace

from journey.duties.duty import ClosedDuty, OwedDuty, duties_of
from journey.facts.concern import Accused, Reach
from journey.facts.fact import EventKey, Fact
from journey.facts.matter import Clearance, Concern, IdentityChange, Revocation, concerns_of
from journey.facts.news import RETRACTED, History, News, NewsKey, Withdrawal, news_from, not_theirs
from journey.facts.standing import overtaken, replaced_among
from journey.facts.warning import Warned, warned_among
from journey.projection.ports import Announcements, DutyBook, Facts, Freshness, Matters, NewsBook, Victims, Warnings

TOLD_TO_SOMEBODY = frozenset(name for name, telling in TELLING.items() if telling.tell is not Tell.NOBODY)
ENDING_DUTIES = frozenset(name for duty in DUTIES.values() for name in (*duty.met_by, *duty.exempted_by))


class IntakeFact(msgspec.Struct, frozen=True, gc=False):
    """A fact of intake, and what else it means to us: a change of who belongs where, a victim with enhanced rights,
    the digest of a warning that it holds."""

    fact: Fact
    change: IdentityChange | None = None
    enhanced: VictimId | None = None
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class _Touched:
    """What identity changes in a batch re-open: matters to look through again, doubts cleared, links revoked."""

    roots: Sequence[str]
    cleared_at: dict[EventKey, datetime]
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeProjection:
    """Takes intake's facts in, a batch at a time, inside the transaction that moves the consumer's offset."""

    facts: Facts
    matters: Matters
    news: NewsBook
    duties: DutyBook
    announcements: Announcements
    freshness: Freshness
    victims: Victims
    warnings: Warnings
    calendar: WorkingCalendar

    async def take_in(self, connection: Connection, batch: Sequence[IntakeFact]) -> None:
        """Apply the batch; what is already here has no second effect."""
        facts = await self._complete_corrections(connection, [item.fact for item in batch])
        new = await self.facts.add(connection, facts)
        fresh = _only(batch, new)
        await self.duties.note_enhanced(connection, [item.enhanced for item in fresh if item.enhanced])
        heard = await self._heard_of(connection, new)
        warned = await self._warned(connection, new, {item.fact.key: item.warning for item in fresh if item.warning})
        if heard or warned:
            # Before the news of the same facts, so that none of it goes out by a way that is not safe any more.
            await self.announcements.announce(connection, heard=heard, warned=warned)
        touched = await self._touch(connection, [item.change for item in fresh if item.change])
        news, withdrawn = await self._find_news(connection, new, touched)
        await self.news.enter(connection, news)
        ended = {fact.victim_id for fact in new if fact.type in ENDING_DUTIES and fact.victim_id}
        if touched.roots:
            ended |= await self.matters.victims_of(connection, touched.roots)
        let_go = await self.duties.let_go(connection, withdrawn)
        opened, closed = await self._owe(connection, news, ended)
        if news or withdrawn or opened or closed or let_go:
            await self.announcements.announce(
                connection, news=news, withdrawn=withdrawn, opened=opened, closed=let_go + closed
            )
        await self.freshness.note(connection, new)

    async def _heard_of(self, connection: Connection, new: Sequence[Fact]) -> list[Fact]:
        """The first fact of each victim whom none has named before."""
        first: dict[VictimId, Fact] = {}
        for fact in new:
            if fact.victim_id:
                first.setdefault(fact.victim_id, fact)
        anew = await self.victims.note(connection, first) if first else set()
        return [fact for victim_id, fact in first.items() if victim_id in anew]

    async def _warned(self, connection: Connection, new: Sequence[Fact], said: Mapping[EventKey, str]) -> list[Warned]:
        """The warnings that these facts bring or change, in order of recording."""
        amended = {fact.victim_id for fact in new if fact.original and fact.victim_id}
        warned = await self._warned_again(connection, amended, new) if amended else []
        if said:
            warned += await self._warned_first(
                connection, [fact for fact in new if fact.victim_id not in amended], said
            )
        return sorted(warned, key=lambda one: one.fact.position)

    async def _warned_first(
        self, connection: Connection, facts: Sequence[Fact], said: Mapping[EventKey, str]
    ) -> list[Warned]:
        """Of victims about whom nothing was put right in the batch: each text the first time that it comes."""
        first: dict[tuple[VictimId, str], Fact] = {}
        for fact in facts:
            if fact.victim_id and (digest := said.get(fact.key)):
                first.setdefault((fact.victim_id, digest), fact)
        anew = await self.warnings.note(connection, first) if first else set()
        return [Warned(fact, stands=True) for pair, fact in first.items() if pair in anew]

    async def _warned_again(self, connection: Connection, victims: set[VictimId], new: Sequence[Fact]) -> list[Warned]:
        """Of victims about whom something was put right: told by all that ever named them."""
        keys = {fact.key for fact in new}
        standing: dict[VictimId, set[str]] = {}
        warned: list[Warned] = []
        for victim_id, history in (await self.warnings.history(connection, victims)).items():
            said, standing[victim_id] = warned_among(history, new=keys)
            warned += said
        await self.warnings.replace(connection, standing)
        return warned

    async def _complete_corrections(self, connection: Connection, facts: list[Fact]) -> list[Fact]:
        """A correction concerns everyone its original concerned, and follows it in the original's thread."""
        wanted = {fact.original for fact in facts if fact.original is not None}
        if not wanted:
            return facts
        known = await self.facts.named(connection, wanted)
        completed = []
        for fact in facts:
            original = known.get(fact.original) if fact.original else None
            fact = fact if original is None else _following(fact, original)
            known.setdefault(fact.key, fact)
            completed.append(fact)
        return completed

    async def _touch(self, connection: Connection, changes: Sequence[IdentityChange]) -> _Touched:
        if not changes:
            return _Touched((), {})
        roots = await self.matters.apply(connection, changes)
        cleared_at = {change.fact: change.cleared_at for change in changes if isinstance(change, Clearance)}
        revoked = [change.revoked_at for change in changes if isinstance(change, Revocation)]
        cleared = await self.facts.named(connection, cleared_at)
        cases = [fact.case_id for fact in cleared.values() if fact.case_id is not None]
        touched = [*roots, *await self.matters.roots_of(connection, cases)]
        return _Touched(touched, cleared_at, max(revoked, default=None))

    async def _find_news(
        self, connection: Connection, new: list[Fact], touched: _Touched
    ) -> tuple[list[News], list[Withdrawal]]:
        matter = await self.facts.of_matters(connection, touched.roots) if touched.roots else []
        cleared = await self.facts.named(connection, touched.cleared_at) if touched.cleared_at else {}
        candidates = {fact.key: fact for fact in (*matter, *cleared.values(), *new) if fact.type in TOLD_TO_SOMEBODY}
        if not candidates:
            return [], []
        facts = sorted(candidates.values(), key=lambda fact: fact.position)
        concerns = await self._concerns(connection, facts)
        withdrawn = await self._withdraw(connection, concerns, facts, at=touched.revoked_at)
        return news_from(concerns, await self._history(connection, concerns, matter, touched)), withdrawn

    async def _withdraw(
        self, connection: Connection, concerns: list[Concern], facts: list[Fact], *, at: datetime | None
    ) -> list[Withdrawal]:
        """Once a link is revoked, news may stand that is not its victim's: of somebody else's matter, or defendant."""
        if at is None:
            return []
        entered = await self.news.of_facts(connection, [fact.key for fact in facts])
        wrong = not_theirs(entered, concerns)
        await self.news.withdraw(connection, [entered[key].news_id for key in wrong], at=at)
        return [Withdrawal(entered[key].news_id, key[0], at) for key in wrong]

    async def _concerns(self, connection: Connection, facts: list[Fact]) -> list[Concern]:
        cases = {fact.case_id for fact in facts if fact.case_id is not None}
        members = await self.matters.members_of(connection, cases)
        doubtful = {fact.key for fact in facts if fact.doubt}
        if doubtful:
            doubtful -= set(await self.matters.cleared(connection, list(doubtful)))
        return [
            concern
            for fact in facts
            for concern in concerns_of(
                fact, members.get(fact.case_id, []) if fact.case_id else [], doubtful=fact.key in doubtful
            )
        ]

    async def _history(
        self, connection: Connection, concerns: list[Concern], matter: list[Fact], touched: _Touched
    ) -> History:
        reopened = bool(touched.roots or touched.cleared_at)
        keys = [(concern.victim_id, concern.fact.key) for concern in concerns] if reopened else []
        keys += [(concern.victim_id, concern.fact.original) for concern in concerns if concern.fact.original]
        corrected = await self.facts.corrected(connection, [fact.key for fact in matter]) if matter else set()
        return History(
            known=await self.news.known(connection, keys) if keys else {},
            replaced=replaced_among(matter, corrected),
            cleared_at=touched.cleared_at,
            overtaken=await self._overtaken(connection, concerns),
        )

    async def _overtaken(self, connection: Connection, concerns: list[Concern]) -> frozenset[NewsKey]:
        """What another of the same thread had followed before it came, among what that victim may know."""
        threaded = [concern for concern in concerns if concern.fact.thread is not None and not concern.late]
        if not threaded:
            return frozenset()
        threads = {concern.fact.thread for concern in threaded if concern.fact.thread}
        cases = {concern.fact.case_id for concern in threaded if concern.fact.case_id}
        beside = await self.facts.in_threads(connection, threads, cases=cases)
        hers: defaultdict[VictimId, list[Fact]] = defaultdict(list)
        for other in await self._concerns(connection, beside):
            if other.reach is Reach.VICTIM:
                hers[other.victim_id].append(other.fact)
        return frozenset(
            (concern.victim_id, concern.fact.key)
            for concern in threaded
            if overtaken(concern.fact, hers[concern.victim_id])
        )

    async def _owe(
        self, connection: Connection, news: list[News], ended: set[VictimId]
    ) -> tuple[list[OwedDuty], list[ClosedDuty]]:
        if not (news or ended):
            return [], []
        originals = {item.fact.original for item in news if item.fact.original}
        types = (
            {key: fact.type for key, fact in (await self.facts.named(connection, originals)).items()}
            if originals
            else {}
        )
        enhanced = await self.duties.enhanced(connection, {item.victim_id for item in news}) if news else frozenset()
        owed = duties_of(news, original_types=types, enhanced=enhanced, calendar=self.calendar)
        opened = await self.duties.open(connection, owed) if owed else []
        closed = await self.duties.withdraw(connection, [item for item in news if item.retracts])
        closed += await self.duties.supersede(connection, opened)
        closed += await self.duties.settle(connection, victims=ended, opened=opened)
        return opened, closed


def _only(batch: Sequence[IntakeFact], new: Sequence[Fact]) -> Sequence[IntakeFact]:
    if len(new) == len(batch):
        return batch
    keys = {fact.key for fact in new}
    return [item for item in batch if item.fact.key in keys]


def _following(fact: Fact, original: Fact) -> Fact:
    accused = Accused(
        fact.accused.defendants | original.accused.defendants, fact.accused.offences | original.accused.offences
    )
    thread = None if RETRACTED in fact.type else original.thread
    return replace(fact, accused=accused, thread=thread)
