"""What victim support services publish: the course of a referral."""

from datetime import date
from enum import StrEnum
from typing import Final

from contracts.event_type import EventType, Tell
from contracts.facts import VictimFact
from contracts.personal import PersonalText
from contracts.shape import Line, Opaque


class Referrer(StrEnum):
    """Who asked for support."""

    POLICE = "police"
    VICTIM = "victim"
    CPS = "cps"
    OTHER = "other"


class DeclinedBy(StrEnum):
    """Whose no it was; only the victim's own ends the duty to refer."""

    VICTIM = "victim"
    SERVICE = "service"


class ReferralFact(VictimFact):
    """A fact about one referral. The service's name can tell what the crime was, so it is personal."""

    referral_id: Opaque
    service: PersonalText


class ReferralMade(ReferralFact):
    """A support service was asked to help this victim."""

    referred_by: Referrer


class ReferralAccepted(ReferralFact):
    """The service will help, and says by when it will be in touch."""

    first_contact_by: date | None = None
    service_phone: Line | None = None


class ReferralDeclined(ReferralFact):
    """No referral, or no help from this service."""

    declined_by: DeclinedBy
    reason: PersonalText | None = None


TYPES: Final = (
    # That a referral was made stays so, whatever the service answers: none takes another's place.
    EventType("support.referral-made.v1", ReferralMade, tell=Tell.MESSAGE),
    EventType("support.referral-accepted.v1", ReferralAccepted, tell=Tell.MESSAGE),
    EventType("support.referral-declined.v1", ReferralDeclined, tell=Tell.OFFICER_FIRST),
)
