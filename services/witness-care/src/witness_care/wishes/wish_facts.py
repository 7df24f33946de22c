"""What each fact means for what a victim asked for."""

from dataclasses import dataclass

from contracts.police import CrimeReported, VictimIdentified
from contracts.shape import Shape
from contracts.support import DeclinedBy, ReferralAccepted, ReferralDeclined, ReferralMade
from contracts.witness_care import WishAnswered, WishKind

from witness_care.wishes.wish import spelt


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """How a fact bears on wishes of this kind: it ends them, or says that a referral came to nothing.

    `reference`: it is about the report that has it, whoever the victim is; `report_id`: about that report alone.
    """

    kind: WishKind
    ends: bool = True
    reference: str | None = None
    referral_id: str | None = None
    report_id: str | None = None


def bearing_of(data: Shape) -> Bearing | None:
    """None where it bears on no wish."""
    match data:
        case ReferralMade() | ReferralAccepted():
            return Bearing(kind=WishKind.SUPPORT, referral_id=data.referral_id)
        case ReferralDeclined(declined_by=DeclinedBy.VICTIM):
            return Bearing(kind=WishKind.SUPPORT)
        case ReferralDeclined():
            return Bearing(kind=WishKind.SUPPORT, ends=False, referral_id=data.referral_id)
        case VictimIdentified():
            return Bearing(kind=WishKind.POLICE)
        case CrimeReported(report_reference=str(quoted)):
            return Bearing(kind=WishKind.POLICE, reference=spelt(quoted))
        case WishAnswered():
            return Bearing(kind=data.wish, report_id=data.report_id)
        case _:
            return None
