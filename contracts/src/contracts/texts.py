"""Who may read each personal field of an event that is put on a page: officers always, and whom its row names."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from contracts.facts import ForWhom


class MayRead(StrEnum):
    """Which victim reads a personal field. `VICTIM` is the one whom the event's envelope names.

    `AS_SAID`: as the fact's `texts_for` says; where it says nothing, a victim whom the envelope names, and one who is
    the only victim that was ever linked to the crime. Others may be named in it.
    """

    VICTIM = "victim"
    EACH_VICTIM = "each-victim"
    AS_SAID = "as-said"
    OFFICERS = "officers"


AMENDED: Final = "replacement.data."
"""Before the path of a field of what a correction says is right."""
WHY_AMENDED: Final = "reason"

_REASON_OF_THE_COURT: Final = {"reason.text": MayRead.EACH_VICTIM}
_SERVICE: Final = {"service": MayRead.VICTIM}

TEXTS: Final[Mapping[str, Mapping[str, MayRead]]] = MappingProxyType(
    {
        "police.crime-reported.v1": {"offence": MayRead.AS_SAID, "officer.name": MayRead.EACH_VICTIM},
        "police.victim-identified.v1": {"name": MayRead.VICTIM, "safe_contact_warning": MayRead.OFFICERS},
        "police.no-further-action-decided.v1": {"reason": MayRead.AS_SAID},
        "support.referral-made.v1": _SERVICE,
        "support.referral-accepted.v1": _SERVICE,
        "support.referral-declined.v1": {**_SERVICE, "reason": MayRead.VICTIM},
        "cps.proceedings-stopped.v1": {"reason": MayRead.AS_SAID},
        "court.hearing-changed.v1": _REASON_OF_THE_COURT,
        "court.hearing-vacated.v1": _REASON_OF_THE_COURT,
        "court.trial-date-changed.v1": _REASON_OF_THE_COURT,
        "court.trial-date-vacated.v1": _REASON_OF_THE_COURT,
        # What a court orders it orders in public.
        "court.sentence-passed.v1": {"sentence": MayRead.EACH_VICTIM},
        "intake.report-received.v1": {"name": MayRead.VICTIM, "what_happened": MayRead.VICTIM},
        "intake.victim-linked.v1": {"why": MayRead.OFFICERS},
        "intake.link-revoked.v1": {"why": MayRead.OFFICERS},
        "intake.case-merged.v1": {"why": MayRead.OFFICERS},
        "intake.merge-undone.v1": {"why": MayRead.OFFICERS},
        "intake.offender-unlinked.v1": {"why": MayRead.OFFICERS},
        "witness-care.contact-assigned.v1": {"officer_name": MayRead.VICTIM},
    }
)
"""By type and dotted path. That an event was amended, and why, has one rule for all: see `may_read`."""


def may_read(event_type: str, field: str, *, replaces: str | None = None) -> MayRead:
    """Who may read this field; `replaces` is the type of the fact that a correction puts in place of another.

    A field that has no row is for officers.
    """
    if ".event-" not in event_type:
        return TEXTS.get(event_type, {}).get(field, MayRead.OFFICERS)
    if field == WHY_AMENDED:
        return MayRead.AS_SAID
    if replaces is None or not field.startswith(AMENDED):
        return MayRead.OFFICERS
    return may_read(replaces, field.removeprefix(AMENDED))


def for_a_victim(rule: MayRead, said: object, *, named: bool, alone: bool) -> bool:
    """May a victim whom the fact concerns read what has this `rule`? `said` is the fact's `texts_for`.

    `named`: the envelope names her; `alone`: no other was ever linked to the crime.
    """
    match rule:
        case MayRead.VICTIM:
            return named
        case MayRead.EACH_VICTIM:
            return True
        case MayRead.AS_SAID:
            return named or alone if said is None else said == ForWhom.EACH_VICTIM
        case MayRead.OFFICERS:
            return False
