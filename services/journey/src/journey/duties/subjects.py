"""What a duty is about: a crime, an accused, a hearing, what a court said at one time, or one event."""

from collections.abc import Sequence
from typing import assert_never

from contracts.duty import Duty, Subject

from journey.facts.news import Version
from journey.facts.ties import Ties


def subject_of(row: Duty, version: Version, hers: Sequence[Version], ties: Ties) -> str:
    """The name of it: the same for all triggers that are about the same."""
    fact, event = version.fact, f"event/{version.chain.source}/{version.chain.id}"
    match row.subject:
        case Subject.CRIME:
            return f"crime/{crimes_of(version, ties)[0]}"
        case Subject.ACCUSED:
            return _accused(row, version, hers, ties)
        case Subject.HEARING:
            return fact.thread or event
        case Subject.SHARING:
            return fact.said.sharing or event
        case Subject.EVENT:
            return event
        case _:
            assert_never(row.subject)


def crimes_of(version: Version, ties: Ties) -> Sequence[str]:
    """The crimes that a fact names; of one that names only the prosecution, its recorded case."""
    named = version.fact.said.crimes or (version.fact.case_id or "",)
    return sorted({ties.crime_of(case_id) for case_id in named})


def _accused(row: Duty, version: Version, hers: Sequence[Version], ties: Ties) -> str:
    """Before the court has numbered the accused a fact names none: it is about the one who is named first."""
    matter = ties.matter_of(version.fact.case_id or "")
    if version.fact.accused.defendants:
        return f"accused/{min(version.fact.accused.defendants)}"
    named = (
        other.fact.accused.defendants
        for other in hers
        if other.fact.says in row.triggers and ties.matter_of(other.fact.case_id or "") == matter and other.standing
    )
    return next((f"accused/{min(defendants)}" for defendants in named if defendants), f"case/{matter}")
