"""Which fields of each type are personal, written a second time so that nobody makes one so, or not so, by accident."""

from collections.abc import Mapping
from typing import Final

_REASON = ("reason.text",)
PERSONAL: Final[Mapping[str, tuple[str, ...]]] = {
    "police.crime-reported.v1": ("offence", "officer.name"),
    "police.victim-identified.v1": ("name", "safe_contact_warning"),
    "police.no-further-action-decided.v1": ("reason",),
    "support.referral-made.v1": ("service",),
    "support.referral-accepted.v1": ("service",),
    "support.referral-declined.v1": ("reason", "service"),
    "cps.proceedings-stopped.v1": ("reason",),
    "court.hearing-changed.v1": _REASON,
    "court.hearing-vacated.v1": _REASON,
    "court.trial-date-changed.v1": _REASON,
    "court.trial-date-vacated.v1": _REASON,
    "court.sentence-passed.v1": ("sentence",),
    "intake.report-received.v1": ("name", "what_happened"),
    "intake.victim-linked.v1": ("why",),
    "intake.link-revoked.v1": ("why",),
    "intake.case-merged.v1": ("why",),
    "intake.offender-unlinked.v1": ("why",),
    "witness-care.contact-assigned.v1": ("officer_name",),
}


def expected_of(name: str) -> tuple[str, ...]:
    """The paths below a type's data; of an amendment, made from those of what it may amend."""
    publisher, fact, _ = name.split(".")
    if fact == "event-retracted":
        return ("reason",)
    if fact == "event-corrected":
        below = (path for other, paths in PERSONAL.items() if other.startswith(f"{publisher}.") for path in paths)
        return tuple(sorted({"reason", *(f"replacement.data.{path}" for path in below)}))
    return PERSONAL.get(name, ())
