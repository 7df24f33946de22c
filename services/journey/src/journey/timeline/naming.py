"""By what name the police know a victim, as it stands after corrections."""

from collections.abc import Sequence
from typing import Final

from journey.timeline.entries import Entry, Shown, right_data, right_type
from journey.wording.content import REMOVED

IDENTIFIED: Final = "police.victim-identified.v1"


def naming_facts(shown: Sequence[Shown]) -> list[Shown]:
    """Those that say her name, and what corrected them or took them back."""
    identified = {item.kept.fact.key for item in shown if item.kept.fact.type == IDENTIFIED}
    return [item for item in shown if item.kept.fact.key in identified or item.kept.fact.original in identified]


def name_in(entries: Sequence[Entry]) -> str | None:
    """The name last given that still stands; None where there is none, or where it was erased."""
    for entry in sorted(entries, key=lambda entry: entry.fact.position, reverse=True):
        name = right_data(entry).text("name")
        if entry.holds and right_type(entry) == IDENTIFIED and name and name != REMOVED:
            return name
    return None
