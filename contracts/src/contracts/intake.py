"""What intake itself records: reports by the public, and who belongs to which case."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from contracts.event_type import Concern, EventType, Identity
from contracts.facts import CaseFact, DefendantIdText, OffenceIdText
from contracts.ids import UUID_TEXT, CaseId, EventId, LinkId, VictimId
from contracts.personal import PersonalText
from contracts.references import Number
from contracts.shape import OPAQUE, Line, Month, Opaque, Shape

CaseIdText = Annotated[CaseId, UUID_TEXT]
VictimIdText = Annotated[VictimId, UUID_TEXT]


class Doubt(StrEnum):
    """Why a fact is kept, flagged and told to nobody until an officer has looked."""

    FUTURE_TIME = "future-time"
    URN_PATTERN = "urn-pattern"
    CRIME_REFERENCE_PATTERN = "crime-reference-pattern"
    PRISON_NUMBER_PATTERN = "prison-number-pattern"
    REFERENCES_DISAGREE = "references-disagree"
    LINK_REVOKED = "link-revoked"
    TIME_WITHOUT_ZONE = "time-without-zone"


class ActorKind(StrEnum):
    """Who decided."""

    PUBLISHER = "publisher"
    OFFICER = "officer"
    VICTIM = "victim"


class Actor(Shape):
    """Who decided: a kind, and an opaque sign-in subject or client id."""

    kind: ActorKind
    subject: Opaque


class ReportReceived(Shape):
    """Somebody told us what happened, or asked for support. The address they typed stays inside intake."""

    report_reference: Number
    name: PersonalText | None = None
    what_happened: PersonalText | None = None
    happened_on: date | None = None
    wants_support: bool
    share_with_police: bool


class VictimLinked(Shape):
    """This victim belongs to this case, and where known to these offences of this defendant."""

    link_id: Annotated[LinkId, UUID_TEXT]
    victim_id: VictimIdText
    case_id: CaseIdText
    defendant_id: DefendantIdText | None = None
    offence_ids: tuple[OffenceIdText, ...] = Field(default=(), max_length=200)
    why: PersonalText
    by: Actor


class LinkRevoked(Shape):
    """The link was wrong: from now on this victim sees nothing of the case through it."""

    link_id: Annotated[LinkId, UUID_TEXT]
    victim_id: VictimIdText
    case_id: CaseIdText
    why: PersonalText
    by: Actor


class CaseMerged(Shape):
    """Two recorded cases are one matter. Ids already recorded stay as they are.

    Two crimes of one matter stay two crimes, each with its own victims: see the envelope's `crimeids`.
    """

    from_case: CaseIdText
    into_case: CaseIdText
    same_crime: bool = False
    """True where both are one crime: the police quoted the reference of a report of it."""
    why: PersonalText
    by: Actor


class MergeUndone(Shape):
    """Two cases are not one after all: what made them so was taken back. Ids already recorded stay as they are."""

    merged_event_id: Annotated[EventId, OPAQUE]
    """The `intake.case-merged` that holds no longer."""
    from_case: CaseIdText
    into_case: CaseIdText
    why: PersonalText
    by: Actor


class OffenderLinked(Shape):
    """An officer confirmed which prisoner this defendant is. The number itself stays inside intake."""

    case_id: CaseIdText
    defendant_id: DefendantIdText
    by: Actor
    why: Line | None = None
    """Where it is so for another reason than that the officer looked the number up; one of intake's own sentences."""


class OffenderUnlinked(Shape):
    """An officer took back which prisoner this defendant is; what was told because of it is retracted beside this."""

    offender_linked_id: Annotated[EventId, OPAQUE]
    """The `intake.offender-linked` that was wrong."""
    case_id: CaseIdText
    defendant_id: DefendantIdText
    why: PersonalText
    by: Actor


class DoubtCleared(Shape):
    """An officer looked at a doubtful fact and lets it be told."""

    event_source: Opaque
    event_id: Annotated[EventId, OPAQUE]
    by: Actor


class CrimePublished(CaseFact):
    """One row of police open data: an anonymised place, a month, no victim.

    A row without a crime id may repeat another exactly and be another incident: `ordinal` counts them from 1.
    """

    crime_id: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    ordinal: int = Field(default=1, ge=1)
    month: Month
    reported_by: Line
    falls_within: Line
    longitude: float | None = Field(default=None, ge=-180, le=180)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    location: Line | None = None
    lsoa_code: Opaque | None = None
    lsoa_name: Line | None = None
    category: Line
    last_outcome: Line | None = None


TYPES: Final = (
    EventType("intake.report-received.v1", ReportReceived, about_whom=Concern.VICTIM),
    EventType("intake.victim-linked.v1", VictimLinked, identity=Identity.LINK, about_whom=Concern.VICTIM),
    EventType("intake.link-revoked.v1", LinkRevoked, identity=Identity.LINK, about_whom=Concern.VICTIM),
    EventType("intake.case-merged.v1", CaseMerged, identity=Identity.MERGE),
    EventType("intake.merge-undone.v1", MergeUndone, identity=Identity.MERGE),
    EventType("intake.offender-linked.v1", OffenderLinked, identity=Identity.OFFENDER, about_whom=Concern.ACCUSED),
    EventType("intake.offender-unlinked.v1", OffenderUnlinked, identity=Identity.OFFENDER, about_whom=Concern.ACCUSED),
    EventType("intake.doubt-cleared.v1", DoubtCleared, identity=Identity.DOUBT),
    EventType("intake.crime-published.v1", CrimePublished),
)
