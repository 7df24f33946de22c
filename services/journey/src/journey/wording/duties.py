"""What is owed, in the words of the one to whom it is owed."""

from typing import Final

OWED: Final = {
    "R4-REFERRAL": "the police put you in touch with a support service, unless you do not want it",
    "R6-CHARGE": "the police tell you that the person is to be prosecuted",
    "R6-NFA-POLICE": "the police tell you what they decided and why, and how to ask for a review",
    "R6-CPS-STOP": "the prosecutors tell you what they stopped and why, and how to ask for a review",
    "R6-CPS-ALTER": "the prosecutors tell you which charges they stopped and why, and how to ask for a review",
    "R8-HEARING": "witness care tells you the time, date and place in court, and what changed",
    "R9-OUTCOME": "witness care tells you what the court decided",
    "R9-SENTENCE": "witness care tells you the sentence and explains it",
    "R11-GAPS": "the police tell you about the release",
}
"""One line per duty towards a victim, to stand after "By 4 June 2026: "."""

CAME_LATE: Final = {"R8-COURT-TO-WCU": "The court told witness care late"}
"""One line per duty of one agency to another, for officers, to stand before ": due by 4 June 2026"."""

AGENCIES: Final = {
    "police": "the police",
    "support": "a support service",
    "cps": "the prosecutors",
    "court": "the court",
    "prison": "the prison",
    "probation": "probation",
}
PUBLISHERS: Final = {
    **AGENCIES,
    "intake": "this service",
    "notifications": "this service",
    "witness-care": "your contact person",
}
"""Who said it, after "There is an update from "."""
