"""One victim's timeline: what happened, in plain words, and what became of each piece of news.

What there is of every entry is a struct, as facts are: of hundreds, a page shows twenty.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial

import msgspec
from contracts.ids import NewsId
from msgspec import structs

from journey.facts.concern import Reach
from journey.facts.fact import CORRECTED, RETRACTED, EventKey, Fact
from journey.facts.standing import Place
from journey.wording.catalogue import audience_of, lost, words_for
from journey.wording.content import Audience, Content, Words

LEARNED_LATER = timedelta(days=2)
"""A fact recorded this long after it happened is marked as learned later: agencies report within a day as a rule."""


class Whereabouts(msgspec.Struct, frozen=True):
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
        if self.seen_at is None or self.contacted_at is None:
            return self.seen_at or self.contacted_at
        return min(self.seen_at, self.contacted_at)

    @property
    def told_how(self) -> str | None:
        """How she was first told: "seen", or the way an officer spoke to her."""
        if self.told_at is None:
            return None
        return "seen" if self.told_at == self.seen_at else self.contacted_how

    def or_earlier(self, other: "Whereabouts") -> "Whereabouts":
        """Each of its steps, when it was first taken by either way. Contacts are told apart before."""

        def first(*times: datetime | None) -> datetime | None:
            return min((at for at in times if at is not None), default=None)

        return structs.replace(
            self,
            notified_at=first(self.notified_at, other.notified_at),
            delivered_at=first(self.delivered_at, other.delivered_at),
            failed_at=first(self.failed_at, other.failed_at),
            opened_at=first(self.opened_at, other.opened_at),
            seen_at=first(self.seen_at, other.seen_at),
        )


class Kept(msgspec.Struct, frozen=True):
    """A fact that may belong to the timeline, the matter it is in, and the news it became, if it did."""

    fact: Fact
    root_id: str | None
    news_id: NewsId | None
    whereabouts: Whereabouts
    taken_back_by: EventKey | None = None
    """Of a contact that was recorded in error, what says so."""

    @property
    def told(self) -> bool:
        """Did an officer tell her, of what is her news still?"""
        return self.news_id is not None and self.whereabouts.contacted_at is not None

    @property
    def known_to_her(self) -> bool:
        """Has she opened it, or been told, be it hers still or not?"""
        return self.whereabouts.opened_at is not None or self.whereabouts.told_at is not None


class Shown(msgspec.Struct, frozen=True):
    """A kept fact that belongs to the timeline of the one who reads, and its place among all that is kept.

    The rest is as in `journey.timeline.hers`.
    """

    kept: Kept
    reach: Reach
    place: Place
    stands: bool = True
    lost_by: EventKey | None = None
    alone: bool = False

    @property
    def lost(self) -> bool:
        """Did it turn out to be somebody else's?"""
        return self.lost_by is not None


class Entry(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One line of the timeline. `righted_by` is the later fact that corrected it or took it back, if it is shown too.

    `place` says what came after what; the page itself shows a correction on the day on which it was made. `stands`:
    nothing took its place, on this page or off it. `lost_by`: by this, which is not shown, it turned out to be somebody
    else's. `wording` makes the words of what it says.
    """

    fact: Fact
    place: Place
    news_id: NewsId | None
    root_id: str | None
    wording: Callable[[Content], Words]
    reach: Reach
    whereabouts: Whereabouts
    righted_by: EventKey | None
    retracted: bool
    said: Content
    stands: bool = True
    lost_by: EventKey | None = None
    taken_back_as: str | None = None
    """What kind of retraction took it back, where it says so."""

    @cached_property
    def words(self) -> Words:
        """Made when they are read: a page shows a few entries of many."""
        return self.wording(self.said)

    @property
    def lost(self) -> bool:
        """Did it turn out to be somebody else's?"""
        return self.lost_by is not None

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
        if self.news_id is None or self.fact.backfill:
            return False
        return self.whereabouts.opened_at is None and self.whereabouts.told_at is None


def entries_of(shown: Sequence[Shown], said: Mapping[EventKey, Content], *, reader: Audience) -> list[Entry]:
    """The shown facts in words; `said` is their data, opened."""
    facts = {item.kept.fact.key: item.kept.fact for item in shown}
    amendments = _amendments(facts.values())
    righted, first = _righted(amendments), _first_to_say(amendments, here=facts)
    titles = {key: words_for(facts[key].type, said[key]).title for key in amendments if key in facts}
    wording = _Wording(titles, first, reader)
    entries = [_entry(item, wording, said, righted.get(item.kept.fact.key)) for item in shown]
    return entries if reader is Audience.OFFICER else [entry for entry in entries if _is_for_her(entry)]


def reopened(entries: Iterable[Entry], said: Mapping[EventKey, Content]) -> list[Entry]:
    """The same entries, those whose texts have been opened since with what they say."""
    return [structs.replace(entry, said=said[entry.fact.key]) if entry.fact.key in said else entry for entry in entries]


@dataclass(frozen=True, slots=True)
class _Wording:
    """Puts facts into words for one who reads. `titles` are those of what was amended; `first` as in `words_for`."""

    titles: Mapping[EventKey, str]
    first: frozenset[EventKey]
    reader: Audience

    def of(self, item: Shown, said: Content) -> Words:
        """The words of a fact; without what is for officers where its victim reads."""
        fact = item.kept.fact
        original = self.titles.get(fact.original) if fact.original else None
        words = words_for(fact.type, said, original=original, first=fact.key in self.first)
        if self.reader is Audience.OFFICER:
            return words
        return lost(words) if item.lost else replace(words, for_officers=())


def right_type(entry: Entry) -> str:
    """The type of what an entry says; of a correction, of what is right."""
    if CORRECTED not in entry.fact.type:
        return entry.fact.type
    return entry.said.part("replacement").text("type") or entry.fact.type


def right_data(entry: Entry) -> Content:
    """What an entry says; of a correction, what is right."""
    if CORRECTED not in entry.fact.type:
        return entry.said
    return entry.said.part("replacement").part("data")


def _is_for_her(entry: Entry) -> bool:
    return audience_of(right_type(entry)) is Audience.VICTIM


_Amendments = Mapping[EventKey, Sequence[Fact]]
"""What corrects or takes back each fact, in order: every one names the original, and the last one holds."""


def _amendments(facts: Iterable[Fact]) -> _Amendments:
    found: defaultdict[EventKey, list[Fact]] = defaultdict(list)
    amending = (fact for fact in facts if fact.original is not None)
    for fact in sorted(amending, key=lambda fact: fact.position):
        if fact.original is not None:
            found[fact.original].append(fact)
    return found


def _righted(amendments: _Amendments) -> dict[EventKey, Fact]:
    """What no longer holds, and what is right now."""
    return {
        key: last
        for original, (*earlier, last) in amendments.items()
        for key in (original, *(fact.key for fact in earlier))
    }


def _first_to_say(amendments: _Amendments, *, here: Container[EventKey]) -> frozenset[EventKey]:
    """The corrections before which the reader had nothing: neither what they correct nor an earlier one."""
    firsts = (following[0] for original, following in amendments.items() if original not in here)
    return frozenset(fact.key for fact in firsts if CORRECTED in fact.type)


def _entry(item: Shown, wording: _Wording, said: Mapping[EventKey, Content], righted_by: Fact | None) -> Entry:
    fact, taken_back_by = item.kept.fact, item.kept.taken_back_by
    retracted = taken_back_by is not None or (righted_by is not None and RETRACTED in righted_by.type)
    return Entry(
        fact=fact,
        place=item.place,
        news_id=item.kept.news_id,
        root_id=item.kept.root_id or fact.case_id,
        wording=partial(wording.of, item),
        reach=item.reach,
        whereabouts=item.kept.whereabouts,
        righted_by=righted_by.key if righted_by else taken_back_by,
        retracted=retracted,
        said=said[fact.key],
        stands=item.stands,
        lost_by=item.lost_by,
        taken_back_as=said[righted_by.key].text("kind") if righted_by and retracted else None,
    )
