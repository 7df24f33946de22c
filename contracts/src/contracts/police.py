"""What police forces publish: a crime, its victim, and what became of the suspect."""

from datetime import date
from enum import StrEnum
from typing import Final

from pydantic import Field

from contracts.event_type import EventType, Tell
from contracts.facts import CaseFact, ChargeFact, ForWhom, Scope, VictimFact
from contracts.personal import PersonalText, RecognisedText
from contracts.references import Number
from contracts.shape import Instant, Line, Opaque, Shape


class ReportChannel(StrEnum):
    """How the crime came to the police."""

    ONLINE = "online"
    PHONE = "phone"
    IN_PERSON = "in-person"
    OTHER = "other"


class EnhancedCategory(StrEnum):
    """Why a victim has enhanced rights (Victims' Code; several may hold at once)."""

    MOST_SERIOUS_CRIME = "most-serious-crime"
    PERSISTENTLY_TARGETED = "persistently-targeted"
    VULNERABLE_OR_INTIMIDATED = "vulnerable-or-intimidated"


class Officer(Shape):
    """The officer in charge, and how the unit is reached."""

    name: PersonalText
    unit_phone: Line | None = None
    unit_email: Line | None = None


class CrimeReported(CaseFact):
    """A crime was recorded. `offence` is the officer's own short wording, which may name people."""

    offence: PersonalText
    incident_at: Instant | None = None
    channel: ReportChannel
    report_reference: Number | None = None
    """The reference of a report made to us, when the police quote it: this joins the two."""
    officer: Officer | None = None
    texts_for: ForWhom | None = None
    """Whom `offence` is for. Absent: it may name another victim, and only one who was ever alone in it reads it."""


class VictimIdentified(VictimFact):
    """Somebody was harmed by this crime; the force's own number for them, and what keeps contact safe."""

    name: PersonalText
    report_reference: Number | None = None
    safe_contact_warning: RecognisedText | None = None
    enhanced_categories: tuple[EnhancedCategory, ...] = Field(default=(), max_length=3)


class BailStatus(StrEnum):
    """Where the accused is until the first hearing."""

    CUSTODY = "custody"
    CONDITIONAL_BAIL = "conditional-bail"
    UNCONDITIONAL_BAIL = "unconditional-bail"
    NOT_APPLICABLE = "not-applicable"


class SuspectCharged(ChargeFact):
    """A suspect was charged or summoned; the suspect is the force's own number, never a name."""

    suspect_number: Opaque | None = None
    first_hearing_on: date | None = None
    bail: BailStatus | None = None


class NoFurtherActionDecided(CaseFact):
    """The police take no further action. `outcome_code` is the Home Office code, as 14 or 18.

    `scope` is `some` where it is about one of several suspects and the investigation goes on; absent where a force does
    not say, and then nobody is told that all of it ended.
    """

    outcome_code: str = Field(pattern=r"^[0-9]{1,2}[A-Z]?$")
    reason: PersonalText
    review_eligible: bool
    review_by: date | None = None
    scope: Scope | None = None
    texts_for: ForWhom | None = None
    """Whom `reason` is for. Absent: it may name another victim, and only one who was ever alone in it reads it."""


TYPES: Final = (
    EventType("police.crime-reported.v1", CrimeReported, tell=Tell.MESSAGE),
    EventType("police.victim-identified.v1", VictimIdentified),
    EventType("police.suspect-charged.v1", SuspectCharged, tell=Tell.MESSAGE),
    # Some outcome codes turn on the victim's own choices, so an officer finds the words.
    EventType("police.no-further-action-decided.v1", NoFurtherActionDecided, tell=Tell.OFFICER_FIRST),
)
