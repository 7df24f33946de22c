"""One victim's timeline: what happened, in plain words, and what became of each piece of news."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contracts.ids import NewsId, VictimId
from contracts.telling import TELLING, Tell

from journey.facts.concern import Reach
from journey.facts.fact import EventKey, Fact, Origin
from journey.facts.matter import Member, concerns_of
from journey.facts.news import RETRACTED
from journey.facts.standing import Place, places_of
from journey.wording.catalogue import audience_of, words_for
from journey.wording.content import Audience, Content, Words

LEARNED_LATER = timedelta(days=2)
"""A fact recorded this long after it happened is marked as learned later: agencies report within a day as a rule."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """How far one piece of news went. Told means seen signed in, or told by an officer."""

    notified_at: datetime | None = None
    delivered_at: datetime | None = None
    failed_at: datetime | None = None
    opened_at: datetime | None = None
    seen_at: datetime | None = None
    contacted_at: datetime | None = None
    contacted_how: str | None = None

    @property
    def told_at(self) -> datetime | None:
        """When she was first told."""
        instants = [at for at in (self.seen_at, self.contacted_at) if at is not None]
        return min(instants, default=None)

    @property
    def told_how(self) -> str | None:
        """How she was first told: "seen", or the way an officer spoke to her."""
        if self.told_at is None:
            return None
        return "seen" if self.told_at == self.seen_at else self.contacted_how


@dataclass(frozen=True, slots=True)
class Kept:
    """A fact that may belong to the timeline, the matter it is in, and the news it became, if it did."""

    fact: Fact
    root_id: str | None
    news_id: NewsId | None
    whereabouts: Whereabouts


@dataclass(frozen=True, slots=True)
class Shown:
    """A kept fact that belongs to the timeline of the one who reads, and its place among all that is kept."""

    kept: Kept
    reach: Reach
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. `righted_by` is the later fact that corrected it or took it back.

    `place` says what came after what; the page itself shows a correction on the day on which it was made.
    """

    fact: Fact
    place: Place
    news_id: NewsId | None
    root_id: str | None
    words: Words
    reach: Reach
    whereabouts: Whereabouts
    righted_by: EventKey | None
    retracted: bool
    said: Content

    @property
    def learned_later(self) -> bool:
        """Was it recorded long after it happened?"""
        return self.fact.recorded_at - self.fact.occurred_at >= LEARNED_LATER

    @property
    def unseen(self) -> bool:
        """Is it news she has neither opened nor been told?"""
        at = self.whereabouts
        return self.news_id is not None and at.opened_at is None and at.told_at is None and not self.fact.backfill


def belonging(
    kept: Sequence[Kept],
    *,
    victim_id: VictimId,
    members: Mapping[str, Member],
    cleared: frozenset[EventKey],
    reader: Audience,
) -> list[Shown]:
    """The facts on this victim's timeline as `reader` may see it, newest first by when they happened.

    What reaches her officer alone, or is an officer's to tell first, is not on her own page until the officer has told
    her; what only officers read never is.
    """
    types = {item.fact.key: item.fact.type for item in kept}
    places = places_of(item.fact for item in kept)
    found = []
    for item in kept:
        reach = _reach(item, victim_id, members, cleared)
        told = item.whereabouts.contacted_at is not None
        hers = told or (reach is Reach.VICTIM and not _officer_first(item, types))
        if reach is not None and (reader is Audience.OFFICER or (hers and _for_her(item, types))):
            found.append(Shown(item, reach, places[item.fact.key]))
    return sorted(found, key=lambda shown: (shown.kept.fact.occurred_at, shown.kept.fact.position), reverse=True)


def held_back(
    kept: Sequence[Kept], *, victim_id: VictimId, members: Mapping[str, Member], cleared: frozenset[EventKey]
) -> frozenset[str]:
    """The matters in which news of hers waits for an officer: to be told first, or to be looked at for a doubt.

    What was taken back before anybody told her is not told, and neither is that it was taken back.
    """
    types = {item.fact.key: item.fact.type for item in kept}
    told = {item.fact.key for item in kept if item.whereabouts.contacted_at is not None}
    righted = {item.fact.original for item in kept if item.fact.original is not None}
    nothing_doubted = cleared | {item.fact.key for item in kept}
    waiting = [
        item
        for item in kept
        if item.news_id is not None
        and not item.fact.backfill
        and item.fact.key not in righted
        and item.fact.key not in told
        and (RETRACTED not in item.fact.type or item.fact.original in told)
        and _reach(item, victim_id, members, nothing_doubted) is Reach.VICTIM
        and (_officer_first(item, types) or _reach(item, victim_id, members, cleared) is Reach.OFFICER)
    ]
    return frozenset(item.root_id or item.fact.case_id or "" for item in waiting)


def entries_of(shown: Sequence[Shown], said: Mapping[EventKey, Content], *, reader: Audience) -> list[Entry]:
    """The shown facts in words; `said` is their data, opened."""
    righted = _righted([item.kept.fact for item in shown])
    titles = {
        item.kept.fact.key: words_for(item.kept.fact.type, said[item.kept.fact.key]).title
        for item in shown
        if item.kept.fact.key in righted
    }
    entries = [_entry(item, said, titles, righted.get(item.kept.fact.key)) for item in shown]
    if reader is Audience.OFFICER:
        return entries
    return [_without_officers_part(entry) for entry in entries if entry.words.audience is Audience.VICTIM]


def _without_officers_part(entry: Entry) -> Entry:
    return replace(entry, words=replace(entry.words, for_officers=()))


def _righted(facts: Iterable[Fact]) -> dict[EventKey, Fact]:
    """What no longer holds, and what is right now: every correction names the original, and the last one holds."""
    amendments: defaultdict[EventKey, list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: fact.position):
        if fact.original is not None:
            amendments[fact.original].append(fact)
    return {
        key: last
        for original, (*earlier, last) in amendments.items()
        for key in (original, *(fact.key for fact in earlier))
    }


def _for_her(item: Kept, types: Mapping[EventKey, str]) -> bool:
    original = types.get(item.fact.original) if item.fact.original else None
    return audience_of(item.fact.type, original=original) is Audience.VICTIM


def _officer_first(item: Kept, types: Mapping[EventKey, str]) -> bool:
    """Is it news that a person tells before a page does? A correction is told as what it corrects."""
    if item.news_id is None or item.fact.backfill or item.whereabouts.opened_at is not None:
        return False
    original = types.get(item.fact.original) if item.fact.original else None
    told_as = {item.fact.type, original or item.fact.type}
    return any(TELLING[name].tell is Tell.OFFICER_FIRST for name in told_as if name in TELLING)


def _reach(
    item: Kept, victim_id: VictimId, members: Mapping[str, Member], cleared: frozenset[EventKey]
) -> Reach | None:
    if item.fact.origin is not Origin.INTAKE:
        return Reach.VICTIM
    member = members.get(item.root_id or "")
    doubtful = bool(item.fact.doubt) and item.fact.key not in cleared
    concerns = concerns_of(item.fact, [member] if member else [], doubtful=doubtful)
    return next((concern.reach for concern in concerns if concern.victim_id == victim_id), None)


def _entry(
    item: Shown,
    said: Mapping[EventKey, Content],
    titles: Mapping[EventKey, str],
    righted_by: Fact | None,
) -> Entry:
    fact = item.kept.fact
    original = titles.get(fact.original) if fact.original else None
    return Entry(
        fact=fact,
        place=item.place,
        news_id=item.kept.news_id,
        root_id=item.kept.root_id or fact.case_id,
        words=words_for(fact.type, said[fact.key], original=original),
        reach=item.reach,
        whereabouts=item.kept.whereabouts,
        righted_by=righted_by.key if righted_by else None,
        retracted=righted_by is not None and RETRACTED in righted_by.type,
        said=said[fact.key],
    )
