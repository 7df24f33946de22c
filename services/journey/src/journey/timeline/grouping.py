"""What reads as one: what one sharing of the court says of several charges in the same words."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Final

from journey.facts.fact import EventKey
from journey.timeline.entries import Entry, right_data, right_type

OF_AN_OFFENCE: Final = ("court.plea-entered.v1", "court.verdict-reached.v1", "court.sentence-passed.v1")


Groups = Mapping[EventKey, EventKey]
"""By entry, the one that its group is named by; of one that stands alone, itself or nothing."""


def groups_of(entries: Iterable[Entry]) -> Groups:
    """The groups of these entries, newest first; in words without personal texts, which may differ within one."""
    first: dict[Hashable, EventKey] = {}
    return {entry.fact.key: first.setdefault(_alike(entry), entry.fact.key) for entry in entries}


def in_groups(entries: Iterable[Entry], groups: Groups) -> list[list[Entry]]:
    """By group, in the order of the first of each."""
    found: dict[EventKey, list[Entry]] = {}
    for entry in entries:
        found.setdefault(groups.get(entry.fact.key, entry.fact.key), []).append(entry)
    return list(found.values())


def _alike(entry: Entry) -> Hashable:
    """Equal for what is one item: the words, who is accused of it, when the court shared it, and how it stands now."""
    fact, kind, said = entry.fact, right_type(entry), right_data(entry)
    if kind not in OF_AN_OFFENCE or not fact.accused.offences:
        return fact.key
    shared = said.text("shared_at") or fact.recorded_at
    about = (entry.root_id, said.text("hearing_id"), fact.accused.defendants, fact.occurred_at, shared)
    stands = (entry.holds, entry.unseen, entry.reach, fact.doubt, fact.backfill, entry.lost)
    return (fact.type, kind, about, stands, entry.words)
