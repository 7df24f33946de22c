"""What the Crown Prosecution Service publishes."""

from datetime import date
from enum import StrEnum
from typing import Final

from pydantic import Field

from contracts.event_type import EventType, Identity, Tell
from contracts.facts import CaseFact, ChargeFact, ForWhom, Scope
from contracts.personal import PersonalText
from contracts.references import Reference


class ChargeAuthorised(ChargeFact):
    """A prosecutor authorised these charges."""


class CaseReferencesLinked(CaseFact):
    """All these references name one case, as a crime reference and the URN it was charged under."""

    references: tuple[Reference, ...] = Field(min_length=2, max_length=20)


class Ground(StrEnum):
    """Which stage of the Full Code Test failed."""

    EVIDENTIAL = "evidential"
    PUBLIC_INTEREST = "public-interest"


class ProceedingsStopped(ChargeFact):
    """The prosecution ended, for some charges or all, and why in plain words."""

    ground: Ground
    scope: Scope
    reason: PersonalText
    review_eligible: bool
    review_by: date | None = None
    meeting_offered: bool = False
    texts_for: ForWhom | None = None
    """Whom `reason` is for. Absent: it may name another victim, and only one who was ever alone in it reads it."""


TYPES: Final = (
    EventType("cps.charge-authorised.v1", ChargeAuthorised, tell=Tell.MESSAGE),
    EventType("cps.case-references-linked.v1", CaseReferencesLinked, identity=Identity.MERGE),
    EventType("cps.proceedings-stopped.v1", ProceedingsStopped, tell=Tell.OFFICER_FIRST),
)
