"""Event types of our topics that change nothing on the desk, and those that a person has to look at, each with why."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_A_FACT: Final = "a fact of a case: what is owed for it comes from journey, and what became of it from notifications"
_IDENTITY: Final = "who belongs where is journey's to work out; the desk goes by victim"
_DOUBT: Final = "whom it frees the fact for is journey's to work out: the news comes again, and may reach them then"
_ON_ITS_WAY: Final = "notified is not told, so nothing that is due ends by it"
_UNHEARD_OF: Final = "nobody sends this today; should it come, what followed from the original needs a person to undo"

NOT_SHOWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "police.suspect-charged.v1": _A_FACT,
        "police.no-further-action-decided.v1": _A_FACT,
        "cps.charge-authorised.v1": _A_FACT,
        "cps.case-references-linked.v1": _A_FACT,
        "cps.proceedings-stopped.v1": _A_FACT,
        "cps.event-corrected.v1": _A_FACT,
        "cps.event-retracted.v1": _A_FACT,
        "court.hearing-listed.v1": _A_FACT,
        "court.hearing-changed.v1": _A_FACT,
        "court.hearing-vacated.v1": _A_FACT,
        "court.trial-date-set.v1": _A_FACT,
        "court.trial-date-changed.v1": _A_FACT,
        "court.trial-date-vacated.v1": _A_FACT,
        "court.plea-entered.v1": _A_FACT,
        "court.verdict-reached.v1": _A_FACT,
        "court.sentence-passed.v1": _A_FACT,
        "court.event-corrected.v1": _A_FACT,
        "court.event-retracted.v1": _A_FACT,
        "prison.release-planned.v1": _A_FACT,
        "prison.offender-released.v1": _A_FACT,
        "prison.offender-received.v1": _A_FACT,
        "prison.temporary-absence-started.v1": _A_FACT,
        "prison.offender-moved-to-hospital.v1": _A_FACT,
        "prison.event-corrected.v1": _A_FACT,
        "prison.event-retracted.v1": _A_FACT,
        "probation.offender-recalled.v1": _A_FACT,
        "probation.event-corrected.v1": _A_FACT,
        "probation.event-retracted.v1": _A_FACT,
        "intake.crime-published.v1": "open data about no victim",
        "intake.victim-linked.v1": _IDENTITY,
        "intake.link-revoked.v1": _IDENTITY,
        "intake.case-merged.v1": _IDENTITY,
        "intake.offender-linked.v1": _IDENTITY,
        "intake.offender-unlinked.v1": _IDENTITY,
        "intake.doubt-cleared.v1": _DOUBT,
        "journey.victim-heard-of.v1": "the desk hears of a victim from the facts themselves",
        "journey.safe-contact-warned.v1": "the desk reads the warning itself, from the event that holds it",
        "notifications.message-sent.v1": _ON_ITS_WAY,
        "notifications.message-delivered.v1": _ON_ITS_WAY,
        "notifications.promise-breached.v1": "the contact that was asked for stays due, and another comes with it",
        "notifications.message-failed.v1": "an officer's contact comes with it, and that is shown",
    }
)

PARKED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "journey.event-corrected.v1": _UNHEARD_OF,
        "journey.event-retracted.v1": _UNHEARD_OF,
        "notifications.event-corrected.v1": _UNHEARD_OF,
        "notifications.event-retracted.v1": _UNHEARD_OF,
    }
)
