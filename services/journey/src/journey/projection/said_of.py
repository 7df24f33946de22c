"""The codes in a fact's data by which rules choose; of a correction, those of what it says instead."""

from collections.abc import Iterable
from typing import Final

from chassis.consumer.events import ConsumedEvent
from contracts.corrections import EventCorrected
from contracts.facts import CaseFact
from contracts.references import Reference, Scheme
from contracts.shape import Shape
from contracts.threads import about_at, also_ends

from contracts import court, cps, police, support
from journey.facts.said import NOTHING_SAID, Said

OF_A_CRIME: Final = frozenset({Scheme.CRIME_REFERENCE, Scheme.REPORT_REFERENCE, Scheme.POLICE_UK_CRIME})
"""Schemes that number crimes; the others number prosecutions, which may be of several."""


def said_of(event: ConsumedEvent, data: Shape) -> Said:
    """What the event says, in codes."""
    header = event.header
    holds = data.replacement.data if isinstance(data, EventCorrected) else data
    said = Said(
        says=data.replacement.type if isinstance(data, EventCorrected) else None,
        crimes=_crimes(holds, header.caseid, header.crimeids),
        ends=also_ends(header.type, data),
        about_at=about_at(header.type, data, after=header.time),
        scope=_scope(holds),
        declined_by=holds.declined_by.value if isinstance(holds, support.ReferralDeclined) else None,
        verdict=holds.verdict.value if isinstance(holds, court.VerdictReached) else None,
        others_open=isinstance(holds, court.VerdictReached) and holds.others_open,
        plea=holds.plea if isinstance(holds, court.PleaEntered) else None,
        categories=_categories(holds),
        sharing=_sharing(holds, header.time.isoformat()),
    )
    return NOTHING_SAID if said == NOTHING_SAID else said


def _crimes(data: Shape, caseid: str | None, crimeids: str | None) -> tuple[str, ...] | None:
    if not isinstance(data, CaseFact) or not _names_a_crime(data.references):
        return None
    named = crimeids.split(",") if crimeids else [caseid] if caseid else []
    return tuple(named)


def _names_a_crime(references: Iterable[Reference]) -> bool:
    return any(reference.scheme in OF_A_CRIME for reference in references)


def _scope(data: Shape) -> str | None:
    if isinstance(data, (cps.ProceedingsStopped, police.NoFurtherActionDecided)) and data.scope is not None:
        return data.scope.value
    return None


def _categories(data: Shape) -> tuple[str, ...]:
    return tuple(one.value for one in data.enhanced_categories) if isinstance(data, police.VictimIdentified) else ()


def _sharing(data: Shape, at: str) -> str | None:
    """What a court said of one accused, of one kind, at one time of one hearing."""
    match data:
        case court.VerdictReached():
            return f"outcome/{data.hearing_id}/{data.defendant_id}/{at}"
        case court.SentencePassed():
            return f"sentence/{data.hearing_id}/{data.defendant_id}/{at}"
        case _:
            return None
