"""Which of the kept facts are on a victim's timeline, for the one who reads it."""

from collections.abc import Mapping, Sequence
from typing import Final

from contracts.telling import TELLING, Tell

from journey.facts.concern import Reach
from journey.facts.fact import RETRACTED, EventKey
from journey.facts.standing import places_of
from journey.timeline.entries import Kept, Shown
from journey.timeline.hers import NOT_HERS, Hers
from journey.wording.catalogue import audience_of
from journey.wording.content import Audience

OFFICER_FIRST: Final = frozenset(name for name, telling in TELLING.items() if telling.tell is Tell.OFFICER_FIRST)


def belonging(kept: Sequence[Kept], *, hers: Mapping[EventKey, Hers], reader: Audience) -> list[Shown]:
    """The facts on this victim's timeline as `reader` may see it, newest first by when they happened.

    What reaches her officer alone, or is an officer's to tell first, is not on her own page until the officer has told
    her; what only officers read never is, nor a contact that was recorded in error. What turned out to be somebody
    else's is there only where she knows of it, and so is that something was taken back.
    """
    types = {item.fact.key: item.fact.type for item in kept}
    places = places_of(item.fact for item in kept)
    found = [
        Shown(item, here.reach, places[item.fact.key], here.stands, here.lost_by, here.alone)
        for item in kept
        if (here := hers.get(item.fact.key, NOT_HERS)).reach is not None
        and (reader is Audience.OFFICER or _on_her_page(item, here, types))
    ]
    if reader is Audience.VICTIM:
        there = {shown.kept.fact.key for shown in found}
        found = [shown for shown in found if not _takes_back_what_is_not(shown.kept, there)]
    return sorted(found, key=lambda shown: (shown.kept.fact.occurred_at, shown.kept.fact.position), reverse=True)


def held_back(kept: Sequence[Kept], *, hers: Mapping[EventKey, Hers]) -> frozenset[str]:
    """The matters in which news of hers waits for an officer: to be told first, or to be looked at for a doubt.

    What was taken back before anybody told her is not told, and neither is that it was taken back.
    """
    types = {item.fact.key: item.fact.type for item in kept}
    told = {item.fact.key for item in kept if item.told}
    righted = {item.fact.original for item in kept if item.fact.original is not None}
    waiting = [
        item
        for item in kept
        if item.news_id is not None
        and not item.fact.backfill
        and item.fact.key not in righted
        and item.fact.key not in told
        and (RETRACTED not in item.fact.type or item.fact.original in told)
        and _waits(hers.get(item.fact.key, NOT_HERS), officer_first=_officer_first(item, types))
    ]
    return frozenset(item.root_id or item.fact.case_id or "" for item in waiting)


def _on_her_page(item: Kept, hers: Hers, types: Mapping[EventKey, str]) -> bool:
    if item.taken_back_by is not None:
        return False
    if hers.lost:
        return item.known_to_her and _for_her(item, types)
    may_see = item.told or (hers.reach is Reach.VICTIM and not _officer_first(item, types))
    return may_see and _for_her(item, types)


def _takes_back_what_is_not(item: Kept, there: set[EventKey]) -> bool:
    return RETRACTED in item.fact.type and item.fact.original not in there and not item.told


def _waits(hers: Hers, *, officer_first: bool) -> bool:
    return hers.doubted or (officer_first and hers.reach is Reach.VICTIM)


def _for_her(item: Kept, types: Mapping[EventKey, str]) -> bool:
    if item.fact.original is None:
        return audience_of(item.fact.type) is Audience.VICTIM
    return audience_of(item.fact.type, original=types.get(item.fact.original)) is Audience.VICTIM


def _officer_first(item: Kept, types: Mapping[EventKey, str]) -> bool:
    """Is it news that a person tells before a page does? A correction is told as what it corrects."""
    if item.news_id is None or item.fact.backfill or item.whereabouts.opened_at is not None:
        return False
    original = types.get(item.fact.original) if item.fact.original else None
    return item.fact.type in OFFICER_FIRST or original in OFFICER_FIRST
