"""Which facts stand: things in a thread go by what they say of time, then by how they came."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from journey.facts.fact import EventKey, Fact


class Place(NamedTuple):
    """Where a fact stands among others. A correction has the place of what it puts right, before later corrections."""

    happened_at: datetime
    original: int
    position: int


def places_of(facts: Iterable[Fact]) -> dict[EventKey, Place]:
    """The place of each of these facts; of a correction whose original is not among them, its own time."""
    known = {fact.key: fact for fact in facts}
    return {key: _place(fact, known) for key, fact in known.items()}


def replaced_among(facts: Iterable[Fact], corrected: Iterable[EventKey]) -> frozenset[EventKey]:
    """The facts of one matter that no longer stand: corrected, or followed by another of the same thread.

    Every correction names the original, so of several only the last to come stands.
    """
    known = list(facts)
    replaced = set(corrected) | _overwritten(known)
    threads: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in known:
        if fact.thread is not None and fact.key not in replaced:
            threads[fact.thread].append(fact)
    places = places_of(known)
    for thread in threads.values():
        replaced.update(fact.key for fact in sorted(thread, key=lambda fact: places[fact.key])[:-1])
    return frozenset(replaced)


def overtaken(fact: Fact, beside: Iterable[Fact]) -> bool:
    """Had another of its thread already taken the place of `fact` when it came? `beside` may hold later ones, too."""
    before = [other for other in beside if other.position < fact.position]
    amended = [other.original for other in before if other.original is not None]
    return fact.key in replaced_among([*before, fact], amended)


def _place(fact: Fact, known: Mapping[EventKey, Fact]) -> Place:
    first = fact
    # An amendment comes after what it names: this also ends where two name each other.
    while first.original is not None and (named := known.get(first.original)) and named.position < first.position:
        first = named
    return Place(first.occurred_at, first.position, fact.position)


def _overwritten(facts: Iterable[Fact]) -> set[EventKey]:
    amendments: defaultdict[EventKey, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.original is not None:
            amendments[fact.original].append(fact)
    return {
        fact.key for following in amendments.values() for fact in sorted(following, key=lambda fact: fact.position)[:-1]
    }
