"""One victim's timeline: what happened, in plain words, and what became of each piece of news."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contracts.ids import NewsId

from journey.facts.concern import Reach
from journey.facts.fact import CORRECTED, RETRACTED, EventKey, Fact
from journey.facts.standing import Place
from journey.wording.catalogue import lost, words_for
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

    @property
    def told(self) -> bool:
        """Did an officer tell her, of what is her news still?"""
        return self.news_id is not None and self.whereabouts.contacted_at is not None

    @property
    def known_to_her(self) -> bool:
        """Has she opened it, or been told, be it hers still or not?"""
        return self.whereabouts.opened_at is not None or self.whereabouts.told_at is not None


@dataclass(frozen=True, slots=True)
class Shown:
    """A kept fact that belongs to the timeline of the one who reads, and its place among all that is kept.

    The rest is as in `journey.timeline.hers`.
    """

    kept: Kept
    reach: Reach
    place: Place
    stands: bool = True
    lost: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. `righted_by` is the later fact that corrected it or took it back, if it is shown too.

    `place` says what came after what; the page itself shows a correction on the day on which it was made. `stands`:
    nothing took its place, on this page or off it. `lost`: it turned out to be somebody else's.
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
    stands: bool = True
    lost: bool = False
    taken_back_as: str | None = None
    """What kind of retraction took it back, where it says so."""

    @property
    def holds(self) -> bool:
        """Is it right still, and hers?"""
        return self.righted_by is None and not self.lost

    @property
    def learned_later(self) -> bool:
        """Was it recorded long after it happened?"""
        return self.fact.recorded_at - self.fact.occurred_at >= LEARNED_LATER

    @property
    def unseen(self) -> bool:
        """Is it news she has neither opened nor been told?"""
        at = self.whereabouts
        return self.news_id is not None and at.opened_at is None and at.told_at is None and not self.fact.backfill


def entries_of(shown: Sequence[Shown], said: Mapping[EventKey, Content], *, reader: Audience) -> list[Entry]:
    """The shown facts in words; `said` is their data, opened."""
    facts = [item.kept.fact for item in shown]
    righted, first = _righted(facts), _first_to_say(facts)
    named = {fact.original for fact in facts if fact.original is not None}
    titles = {key: words_for(kind, said[key]).title for key, kind in _kinds(facts).items() if key in named}
    entries = [_entry(item, said, titles, righted.get(item.kept.fact.key), first) for item in shown]
    if reader is Audience.OFFICER:
        return entries
    return [_for_her(entry) for entry in entries if entry.words.audience is Audience.VICTIM]


def _for_her(entry: Entry) -> Entry:
    words = lost(entry.words) if entry.lost else replace(entry.words, for_officers=())
    return replace(entry, words=words)


def _kinds(facts: Iterable[Fact]) -> dict[EventKey, str]:
    return {fact.key: fact.type for fact in facts}


def _righted(facts: Iterable[Fact]) -> dict[EventKey, Fact]:
    """What no longer holds, and what is right now: every correction names the original, and the last one holds."""
    return {
        key: last
        for original, (*earlier, last) in _amendments(facts).items()
        for key in (original, *(fact.key for fact in earlier))
    }


def _first_to_say(facts: Sequence[Fact]) -> frozenset[EventKey]:
    """The corrections before which the reader had nothing: neither what they correct nor an earlier one."""
    here = {fact.key for fact in facts}
    firsts = (following[0] for original, following in _amendments(facts).items() if original not in here)
    return frozenset(fact.key for fact in firsts if CORRECTED in fact.type)


def _amendments(facts: Iterable[Fact]) -> Mapping[EventKey, list[Fact]]:
    amendments: defaultdict[EventKey, list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: fact.position):
        if fact.original is not None:
            amendments[fact.original].append(fact)
    return amendments


def _entry(
    item: Shown,
    said: Mapping[EventKey, Content],
    titles: Mapping[EventKey, str],
    righted_by: Fact | None,
    first: frozenset[EventKey],
) -> Entry:
    fact = item.kept.fact
    original = titles.get(fact.original) if fact.original else None
    retracted = righted_by is not None and RETRACTED in righted_by.type
    return Entry(
        fact=fact,
        place=item.place,
        news_id=item.kept.news_id,
        root_id=item.kept.root_id or fact.case_id,
        words=words_for(fact.type, said[fact.key], original=original, first=fact.key in first),
        reach=item.reach,
        whereabouts=item.kept.whereabouts,
        righted_by=righted_by.key if righted_by else None,
        retracted=retracted,
        said=said[fact.key],
        stands=item.stands,
        lost=item.lost,
        taken_back_as=said[righted_by.key].text("kind") if righted_by and retracted else None,
    )
