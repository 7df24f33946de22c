"""How each fact reaches the victim, and which duties it opens: one line per event type, also where there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Tell(StrEnum):
    """Who tells: a neutral message and the timeline, an officer before anything else, or nobody."""

    MESSAGE = "message"
    OFFICER_FIRST = "officer-first"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Telling:
    """How one type of fact is told. `duties` are ids of the duty catalogue; () says that it opens none."""

    tell: Tell
    duties: tuple[str, ...] = ()


_MESSAGE, _OFFICER_FIRST, _NOBODY = Telling(Tell.MESSAGE), Telling(Tell.OFFICER_FIRST), Telling(Tell.NOBODY)
_HEARING = Telling(Tell.MESSAGE, ("R8-HEARING",))

TELLING: Final[Mapping[str, Telling]] = MappingProxyType(
    {
        "police.crime-reported.v1": Telling(Tell.MESSAGE, ("R4-REFERRAL",)),
        "police.victim-identified.v1": _NOBODY,
        "police.suspect-charged.v1": Telling(Tell.MESSAGE, ("R6-CHARGE",)),
        # Some outcome codes turn on the victim's own choices, so an officer finds the words.
        "police.no-further-action-decided.v1": Telling(Tell.OFFICER_FIRST, ("R6-NFA-POLICE",)),
        "police.event-corrected.v1": _MESSAGE,
        "police.event-retracted.v1": _MESSAGE,
        "support.referral-made.v1": _MESSAGE,
        "support.referral-accepted.v1": _MESSAGE,
        "support.referral-declined.v1": _OFFICER_FIRST,
        "support.event-corrected.v1": _MESSAGE,
        "support.event-retracted.v1": _MESSAGE,
        "cps.charge-authorised.v1": Telling(Tell.MESSAGE, ("R6-CHARGE",)),
        "cps.case-references-linked.v1": _NOBODY,
        "cps.proceedings-stopped.v1": Telling(Tell.OFFICER_FIRST, ("R6-CPS-STOP",)),
        "cps.event-corrected.v1": _MESSAGE,
        "cps.event-retracted.v1": _MESSAGE,
        "court.hearing-listed.v1": _HEARING,
        "court.hearing-changed.v1": _HEARING,
        "court.hearing-vacated.v1": _HEARING,
        "court.trial-date-set.v1": _HEARING,
        "court.trial-date-changed.v1": _HEARING,
        "court.trial-date-vacated.v1": _HEARING,
        "court.plea-entered.v1": _MESSAGE,
        "court.verdict-reached.v1": Telling(Tell.MESSAGE, ("R9-OUTCOME",)),
        "court.sentence-passed.v1": Telling(Tell.MESSAGE, ("R9-SENTENCE",)),
        "court.event-corrected.v1": _MESSAGE,
        "court.event-retracted.v1": _MESSAGE,
        "prison.release-planned.v1": _MESSAGE,
        "prison.offender-released.v1": Telling(Tell.MESSAGE, ("R11-GAPS",)),
        # A reception may be a new order for something else: not this victim's news.
        "prison.offender-received.v1": _NOBODY,
        "prison.temporary-absence-started.v1": _OFFICER_FIRST,
        "prison.offender-moved-to-hospital.v1": _OFFICER_FIRST,
        "prison.event-corrected.v1": _MESSAGE,
        "prison.event-retracted.v1": _MESSAGE,
        # The source warns that recall reasons can be wrong.
        "probation.offender-recalled.v1": _OFFICER_FIRST,
        "probation.event-corrected.v1": _MESSAGE,
        "probation.event-retracted.v1": _MESSAGE,
        "intake.report-received.v1": _NOBODY,
        "intake.victim-linked.v1": _NOBODY,
        "intake.link-revoked.v1": _NOBODY,
        "intake.case-merged.v1": _NOBODY,
        "intake.offender-linked.v1": _NOBODY,
        "intake.offender-unlinked.v1": _NOBODY,
        "intake.doubt-cleared.v1": _NOBODY,
        "intake.crime-published.v1": _NOBODY,
        "intake.event-corrected.v1": _NOBODY,
        "intake.event-retracted.v1": _NOBODY,
        "journey.victim-heard-of.v1": _NOBODY,
        "journey.news-arrived.v1": _NOBODY,
        "journey.news-withdrawn.v1": _NOBODY,
        "journey.safe-contact-warned.v1": _NOBODY,
        "journey.duty-opened.v1": _NOBODY,
        "journey.duty-changed.v1": _NOBODY,
        "journey.duty-met.v1": _NOBODY,
        "journey.event-corrected.v1": _NOBODY,
        "journey.event-retracted.v1": _NOBODY,
        "notifications.contact-promise-agreed.v1": _NOBODY,
        "notifications.contact-promise-questioned.v1": _NOBODY,
        "notifications.message-sent.v1": _NOBODY,
        "notifications.message-delivered.v1": _NOBODY,
        "notifications.message-failed.v1": _NOBODY,
        "notifications.officer-contact-due.v1": _NOBODY,
        "notifications.officer-contact-withdrawn.v1": _NOBODY,
        "notifications.promise-breached.v1": _NOBODY,
        "notifications.news-seen.v1": _NOBODY,
        "notifications.event-corrected.v1": _NOBODY,
        "notifications.event-retracted.v1": _NOBODY,
        "witness-care.contact-assigned.v1": _NOBODY,
        "witness-care.contact-made.v1": _NOBODY,
        "witness-care.contact-taken-back.v1": _NOBODY,
        "witness-care.contact-tried.v1": _NOBODY,
        "witness-care.wish-answered.v1": _NOBODY,
        "witness-care.access-granted.v1": _NOBODY,
        "witness-care.access-revoked.v1": _NOBODY,
        "witness-care.event-corrected.v1": _NOBODY,
        "witness-care.event-retracted.v1": _NOBODY,
    }
)
