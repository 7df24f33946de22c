"""An event and what amended it: one thing that was said, put right and perhaps taken back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from journey.facts.fact import EventKey, Fact
from journey.facts.standing import Place, places_of


class Chain(msgspec.Struct, frozen=True, gc=False):
    """What was said, its corrections in order, and what took it back: that is the end of it.

    Every amendment names the original, so of several corrections the last holds. An amendment may come before what it
    names: the first correction then stands for it. `place` is where it stands among others: the original's.
    """

    key: EventKey
    place: Place
    versions: Sequence[Fact]
    retraction: Fact | None = None

    @property
    def last(self) -> Fact:
        """The version that holds, or held until it was taken back."""
        return self.versions[-1]

    @property
    def end(self) -> Fact:
        """The last that was said of it."""
        return self.retraction or self.last

    def after(self, index: int) -> Fact | None:
        """What replaced the version of this index, if anything has."""
        return self.versions[index + 1] if index + 1 < len(self.versions) else self.retraction


def chains_of(facts: Iterable[Fact]) -> list[Chain]:
    """The chains of these facts, in the order of their places. One that is only taken back is none."""
    known = {fact.key: fact for fact in sorted(facts, key=lambda fact: fact.position)}
    places = places_of(known.values())
    found: defaultdict[EventKey, list[Fact]] = defaultdict(list)
    for fact in known.values():
        found[_first(fact, known)].append(fact)
    chains = [chain for key, each in found.items() if (chain := _chain(key, each, places[each[0].key]))]
    return sorted(chains, key=lambda chain: chain.place)


def _first(fact: Fact, known: dict[EventKey, Fact]) -> EventKey:
    """What an amendment is about in the end. It comes after what it names, so this ends."""
    while fact.original is not None:
        named = known.get(fact.original)
        if named is None or named.position >= fact.position:
            return fact.original
        fact = named
    return fact.key


def _chain(key: EventKey, facts: Sequence[Fact], place: Place) -> Chain | None:
    if len(facts) == 1 and facts[0].original is None:
        return Chain(key, place, facts)
    retraction = next((fact for fact in facts if fact.retracts), None)
    held = [fact for fact in facts if not fact.retracts]
    versions = [fact for fact in held if retraction is None or fact.position < retraction.position]
    return Chain(key, place, versions, retraction) if versions else None
