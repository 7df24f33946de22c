"""The types of facts by which what an entry says ahead is over.

The words that then take its place name no such fact: she may not have opened it yet.
"""

from typing import Final

CAME_AFTER: Final = "What came after is on this page."
VERDICT: Final = frozenset({"court.verdict-reached.v1"})
SENTENCE: Final = frozenset({"court.sentence-passed.v1"})
STOPPED: Final = frozenset({"cps.proceedings-stopped.v1", "police.no-further-action-decided.v1"})
TRIAL: Final = frozenset({"court.trial-date-set.v1", "court.trial-date-changed.v1"})
LISTED: Final = TRIAL | {"court.hearing-listed.v1", "court.hearing-changed.v1"}
CALLED_OFF: Final = frozenset({"court.hearing-vacated.v1", "court.trial-date-vacated.v1"})
PLEA: Final = frozenset({"court.plea-entered.v1"})
IN_COURT: Final = LISTED | CALLED_OFF | PLEA | VERDICT | SENTENCE
CHARGED: Final = frozenset({"police.suspect-charged.v1", "cps.charge-authorised.v1"})
RECORDED: Final = frozenset({"police.crime-reported.v1"})
REFERRAL_ANSWERED: Final = frozenset({"support.referral-accepted.v1", "support.referral-declined.v1"})
RELEASE_PLANNED: Final = frozenset({"prison.release-planned.v1"})
RELEASED: Final = frozenset({"prison.offender-released.v1"})
BACK: Final = frozenset({"probation.offender-recalled.v1", "prison.offender-received.v1"})
CUSTODY: Final = RELEASE_PLANNED | RELEASED | BACK
"""Where one accused is, and is to be: what took the place of one of these may be off her page, as a reception is."""
