"""What victim support services publish: the course of a referral."""

from datetime import date
from enum import StrEnum

from contracts.facts import VictimFact
from contracts.personal import PersonalText
from contracts.shape import Line, Opaque, Shape


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


TYPES: dict[str, type[Shape]] = {
    "support.referral-made.v1": ReferralMade,
    "support.referral-accepted.v1": ReferralAccepted,
    "support.referral-declined.v1": ReferralDeclined,
}
