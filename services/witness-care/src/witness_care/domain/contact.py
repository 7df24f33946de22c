"""Values: the person who answers to a victim, and one contact made with a victim."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from witness_care.domain.errors import ContactNamesNothing


class Role(StrEnum):
    """Who may be a victim's single point of contact."""

    POLICE_OFFICER = "police-officer"
    WITNESS_CARE_OFFICER = "witness-care-officer"
    VICTIM_LIAISON_OFFICER = "victim-liaison-officer"
    SUPPORT_WORKER = "support-worker"


class How(StrEnum):
    """How a victim was told by a person."""

    PHONE = "phone"
    IN_PERSON = "in-person"
    VIDEO = "video"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPerson:
    """The officer who takes over: opaque sign-in subject, and how the victim reaches their unit."""

    officer: str
    role: Role
    name: str
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One conversation; it may cover several crimes' news and duties at once (Code section 1.8)."""

    contact_id: str
    made_at: datetime
    how: How
    made_by: str
    news_ids: tuple[str, ...]
    duty_keys: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.news_ids and not self.duty_keys:
            raise ContactNamesNothing
