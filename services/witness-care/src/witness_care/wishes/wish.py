"""One thing that a victim asked for in a report, and by when an officer acts on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from contracts.intake import ReportReceived
from contracts.witness_care import WishKind

WORKING_DAYS: Final = 2
"""As long as the Code gives for a referral to support (2020, right 4); for what is passed on, this house's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Asked for in the report `report_id`, and nobody has acted on it."""

    victim_id: str
    report_id: str
    kind: WishKind
    reference: str
    asked_at: datetime
    due_at: datetime


def wished(report: ReportReceived) -> Mapping[WishKind, bool]:
    """What the report asks for and what it does not."""
    return {WishKind.SUPPORT: report.wants_support, WishKind.POLICE: report.share_with_police}


def spelt(reference: str) -> str:
    """One spelling of a report's reference, however the police write it."""
    return "".join(reference.split()).upper()
