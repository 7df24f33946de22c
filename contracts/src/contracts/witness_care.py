"""What the witness-care service publishes: who answers to the victim, contacts made, who may sign in as whom."""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from contracts.event_type import EventType
from contracts.ids import UUID_TEXT, ContactId, EventId
from contracts.journey import DutyKeyText, NewsIdText
from contracts.personal import PersonalText
from contracts.shape import OPAQUE, Instant, Line, Opaque, Shape


class ContactRole(StrEnum):
    """What the single point of contact is."""

    POLICE_OFFICER = "police-officer"
    WITNESS_CARE_OFFICER = "witness-care-officer"
    VICTIM_LIAISON_OFFICER = "victim-liaison-officer"


class ContactAssigned(Shape):
    """This person answers to the victim from now on. Phone and email are the unit's."""

    officer: Opaque
    officer_name: PersonalText | None = None
    role: ContactRole
    phone: Line | None = None
    email: Line | None = None
    taken_over_from: Opaque | None = None


class ContactManner(StrEnum):
    """How they spoke."""

    PHONE = "phone"
    IN_PERSON = "in-person"
    LETTER = "letter"
    VIDEO = "video"
    EMAIL = "email"
    SMS = "sms"


class ContactMade(Shape):
    """An officer told the victim these things, which meets the duties named, over several crimes at once."""

    contact_id: Annotated[ContactId, UUID_TEXT]
    made_at: Instant
    how: ContactManner
    news_ids: tuple[NewsIdText, ...] = Field(default=(), max_length=1000)
    duty_keys: tuple[DutyKeyText, ...] = Field(default=(), max_length=1000)
    put_right: tuple[NewsIdText, ...] = Field(default=(), max_length=1000)
    """News that was not about the victim: they were told so. It tells none of it."""
    made_by: Opaque


class ContactTakenBack(Shape):
    """A contact was recorded in error: whatever it told or met is untold and owed as before."""

    contact_id: Annotated[ContactId, UUID_TEXT]
    taken_back_at: Instant
    taken_back_by: Opaque


class ContactTried(Shape):
    """An officer tried to reach the victim and did not: nobody was told anything, so nothing is met."""

    contact_id: Annotated[ContactId, UUID_TEXT]
    tried_at: Instant
    how: ContactManner
    tried_by: Opaque


class WishKind(StrEnum):
    """What a victim asked for in a report to us."""

    SUPPORT = "support"
    POLICE = "police"


class WishOutcome(StrEnum):
    """What became of it. Done: support was asked for, or the report is with the police."""

    DONE = "done"
    NOT_WANTED = "not-wanted"


class WishAnswered(Shape):
    """An officer did what the victim asked for in a report, or learned from them that they do not want it any more."""

    answer_id: Annotated[str, UUID_TEXT]
    report_id: Annotated[EventId, OPAQUE]
    """The `intake.report-received` that asked."""
    wish: WishKind
    outcome: WishOutcome
    answered_at: Instant
    answered_by: Opaque


class AccessGranted(Shape):
    """This sign-in subject may see this victim's timeline."""

    subject: Opaque
    granted_by: Opaque


class AccessRevoked(Shape):
    """This sign-in subject may no longer see this victim's timeline."""

    subject: Opaque
    revoked_by: Opaque


TYPES: Final = (
    EventType("witness-care.contact-assigned.v1", ContactAssigned),
    EventType("witness-care.contact-made.v1", ContactMade),
    EventType("witness-care.contact-taken-back.v1", ContactTakenBack),
    EventType("witness-care.contact-tried.v1", ContactTried),
    EventType("witness-care.wish-answered.v1", WishAnswered),
    EventType("witness-care.access-granted.v1", AccessGranted),
    EventType("witness-care.access-revoked.v1", AccessRevoked),
)
