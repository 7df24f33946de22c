"""From facts to one victim's news: what of each thing that was said is hers, and what of it stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

import msgspec
from contracts.ids import NewsId, VictimId
from contracts.telling import TELLING, Tell
from msgspec import structs

from journey.facts.chain import Chain, chains_of
from journey.facts.concern import Reach
from journey.facts.fact import EventKey, Fact, news_id_of
from journey.facts.standing import Place
from journey.facts.whose import Concern, Onlooker

TOLD_TO_SOMEBODY: Final = frozenset(name for name, telling in TELLING.items() if telling.tell is not Tell.NOBODY)
CUSTODY: Final = frozenset(name for name in TELLING if name.startswith(("prison.", "probation.")))


@dataclass(frozen=True, slots=True)
class News:
    """One fact that concerns one victim, as it is announced.

    `known_at` is when it became known that it concerns her; `corrects` the news of hers that it puts right or takes
    back. It stands while nothing has put it right, taken it back or taken its place.
    """

    news_id: NewsId
    victim_id: VictimId
    fact: Fact
    reach: Reach
    standing: bool
    known_at: datetime
    corrects: NewsId | None
    told_at: datetime | None = None
    """When she was told it under another of her ids."""

    @property
    def retracts(self) -> bool:
        """Does it take an earlier fact back?"""
        return self.fact.retracts


class Version(msgspec.Struct, frozen=True, gc=False):
    """One version of a thing that was said, as it is, or was, hers.

    Told to nobody as some are, it may still take the place of another.
    """

    fact: Fact
    concern: Concern
    chain: EventKey
    place: Place
    amended_at: datetime | None = None
    overtaken_at: datetime | None = None

    @property
    def replaced_at(self) -> datetime | None:
        """Since when it does not stand: put right, taken back, or overtaken by another of its thread."""
        return self.amended_at or self.overtaken_at

    @property
    def holds(self) -> bool:
        """Is it true to this day, whatever came after it?"""
        return self.amended_at is None

    @property
    def standing(self) -> bool:
        """Does it hold, and has nothing taken its place?"""
        return self.amended_at is None and self.overtaken_at is None


class Heard(msgspec.Struct, frozen=True, gc=False):
    """One thing that was said, how far each version of it goes to a victim, and those that are, or were, hers."""

    chain: Chain
    reaches: Sequence[Reach | None]
    versions: Sequence[Version]


class Found(NamedTuple):
    """A victim's news, and the versions of what was said that are hers, in the order of their places."""

    news: Sequence[News]
    versions: Sequence[Version]


def news_of(onlooker: Onlooker, facts: Iterable[Fact]) -> Found:
    """All of one victim's news by all that is on record of her matters: the same in whatever order it came."""
    heard = [one for one in heard_of(onlooker, facts) if one.versions]
    news = [each for one in heard for each in _news(onlooker.victim_id, one.chain, one.versions)]
    return Found(news, [version for one in heard for version in one.versions])


def heard_of(onlooker: Onlooker, facts: Iterable[Fact]) -> list[Heard]:
    """What was said in one victim's matters, be it hers or not, in the order of its places.

    Without what says where an accused is who was acquitted of all that is hers: it is for something else.
    """
    heard = [_heard(chain, onlooker) for chain in chains_of(facts)]
    mine = [one for one in heard if one.versions]
    elsewhere = _elsewhere(mine)
    held = [one for one in mine if one.chain.key not in elsewhere and one.chain.retraction is None]
    overtaken = _overtaken([one.versions[-1] for one in held])
    return [_as_overtaken(one, overtaken) for one in heard if one.chain.key not in elsewhere]


def _heard(chain: Chain, onlooker: Onlooker) -> Heard:
    """The versions that were hers while they held. None where what holds is not hers: she should have had nothing."""
    concerns = [onlooker.concern(fact) for fact in chain.versions]
    reaches = [None if concern is None else concern.reach for concern in concerns]
    found = list[Version]()
    if concerns[-1] is None:
        return Heard(chain, reaches, found)
    for index, (fact, concern) in enumerate(zip(chain.versions, concerns, strict=True)):
        after = chain.after(index)
        if concern is None or (after is not None and after.position <= concern.known_from):
            continue
        found.append(Version(fact, concern, chain.key, chain.place, after.recorded_at if after else None))
    return Heard(chain, reaches, found)


def _as_overtaken(heard: Heard, overtaken: Mapping[EventKey, datetime]) -> Heard:
    if not heard.versions or (at := overtaken.get(heard.versions[-1].fact.key)) is None:
        return heard
    held = [*heard.versions[:-1], structs.replace(heard.versions[-1], overtaken_at=at)]
    return Heard(heard.chain, heard.reaches, held)


def _news(victim_id: VictimId, chain: Chain, versions: Sequence[Version]) -> list[News]:
    told = [version for version in versions if version.fact.says in TOLD_TO_SOMEBODY]
    if not told:
        return []
    first = news_id_of(told[0].fact.key, victim_id)
    news = [
        News(
            news_id=news_id_of(version.fact.key, victim_id),
            victim_id=victim_id,
            fact=version.fact,
            reach=version.concern.reach,
            standing=version.standing,
            known_at=version.concern.known_at,
            corrects=None if version is told[0] else first,
        )
        for version in told
    ]
    return [*news, _taking_back(victim_id, chain.retraction, told, first)] if chain.retraction else news


def _taking_back(victim_id: VictimId, retraction: Fact, told: Sequence[Version], first: NewsId) -> News:
    """It goes as far as anything of it went."""
    reach = Reach.VICTIM if any(one.concern.reach is Reach.VICTIM for one in told) else Reach.OFFICER
    return News(
        news_id=news_id_of(retraction.key, victim_id),
        victim_id=victim_id,
        fact=retraction,
        reach=reach,
        standing=True,
        known_at=max(retraction.recorded_at, told[-1].concern.known_at),
        corrects=first,
    )


def _overtaken(last: Sequence[Version]) -> Mapping[EventKey, datetime]:
    """What another took the place of, and since when: things in a thread go by when they happened, then as they came.

    What is in doubt, or her officer's to find out about, takes the place only of the like.
    """
    threads: defaultdict[str, list[Version]] = defaultdict(list)
    for version in last:
        for thread in (version.fact.thread, *version.fact.said.ends):
            if thread is not None:
                threads[thread].append(version)
    found: dict[EventKey, datetime] = {}
    for thread, versions in threads.items():
        after: Version | None = None
        after_hers: Version | None = None
        for version in sorted(versions, key=lambda version: version.place, reverse=True):
            hers = version.concern.reach is Reach.VICTIM
            later = after_hers if hers else after
            if version.fact.thread == thread and later is not None:
                at = max(later.concern.known_at, version.concern.known_at)
                found[version.fact.key] = min(found.get(version.fact.key, at), at)
            after, after_hers = version, version if hers else after_hers
    return found


def _elsewhere(mine: Sequence[Heard]) -> frozenset[EventKey]:
    acquitted = _acquitted([one.versions[-1].fact for one in mine if one.chain.retraction is None])
    custody = (one.chain for one in mine if one.chain.last.says in CUSTODY)
    return frozenset(chain.key for chain in custody if chain.last.accused.defendants & acquitted)


def _acquitted(facts: Sequence[Fact]) -> frozenset[str]:
    """The accused of whom she has heard that they are not guilty, and of nothing that they are, or that is open."""
    outcome: defaultdict[str, set[bool]] = defaultdict(set)
    for fact in facts:
        for defendant in fact.accused.defendants:
            if (cleared := _clears(fact)) is not None:
                outcome[defendant].add(cleared)
    return frozenset(defendant for defendant, found in outcome.items() if found == {True})


def _clears(fact: Fact) -> bool | None:
    """Whether it says that its accused did not do it; None where it says nothing of that."""
    said = fact.said
    if fact.says == "court.sentence-passed.v1" or said.plea == "GUILTY":
        return False
    return None if said.verdict is None else said.verdict == "not-guilty" and not said.others_open
