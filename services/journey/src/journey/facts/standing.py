"""Where facts stand among others: by when they happened, then by how they came."""

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


def _place(fact: Fact, known: Mapping[EventKey, Fact]) -> Place:
    first = fact
    # An amendment comes after what it names: this also ends where two name each other.
    while first.original is not None and (named := known.get(first.original)) and named.position < first.position:
        first = named
    return Place(first.occurred_at, first.position, fact.position)
