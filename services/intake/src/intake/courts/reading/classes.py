"""Common Platform's open value lists, as far as known; what is not here is parked, or read by an officer first."""

import re
from enum import StrEnum
from typing import Final

JURISDICTIONS: Final = frozenset({"MAGISTRATES", "CROWN"})

GUILTY_PLEAS: Final = frozenset(
    {
        "GUILTY",
        "ADMITS_BREACH",
        "ADMITS_MAGISTRATES",
        "MCA_GUILTY",
        "CHANGE_TO_GUILTY_AFTER_SWORN_IN",
        "CHANGE_TO_GUILTY_NO_SWORN_IN",
        "CHANGE_TO_GUILTY_MAGISTRATES_COURT",
        "CHANGE_TO_GUILTY_NO_JURY",
        "GUILTY_LESSER_OFFENCE_NAMELY",
        "GUILTY_TO_ALTERNATIVE_OFFENCE",
    }
)
OTHER_PLEAS: Final = frozenset({"NOT_GUILTY", "AUTREFOIS_CONVICT"})
PLEAS: Final = GUILTY_PLEAS | OTHER_PLEAS
# what a defendant said they would plead is not a plea
INDICATIONS: Final = frozenset({"INDICATED_GUILTY", "INDICATED_NOT_GUILTY", "NO_INDICATION"})

RESULT_CATEGORIES: Final = frozenset({"FINAL", "INTERMEDIARY", "ANCILLARY"})
VERDICT_PREFIXES: Final = ("NOT_GUILTY", "GUILTY", "NO_VERDICT")

# what a reference may be: printable, and no blank alone
CASE_NUMBER = re.compile(r"[\x20-\x7e]{1,100}")
COURT_CODE = re.compile(r"[A-Z0-9]{5,7}")
_TRIAL = re.compile(r"^(part[- ]heard |further |re-?)?trial\b", re.IGNORECASE)


class ResultClass(StrEnum):
    """What a FINAL result does to the offence."""

    IMPRISONMENT = "imprisonment"
    SUSPENDED_SENTENCE = "suspended-sentence"
    COMMUNITY_ORDER = "community-order"
    FINE = "fine"
    CONDITIONAL_DISCHARGE = "conditional-discharge"
    ABSOLUTE_DISCHARGE = "absolute-discharge"
    COMPENSATION = "compensation"
    OFFENCE_ENDED = "offence-ended"


_BY_CJS_CODE: Final = {
    "1002": ResultClass.IMPRISONMENT,
    "1015": ResultClass.FINE,
    "2006": ResultClass.OFFENCE_ENDED,
    "2063": ResultClass.OFFENCE_ENDED,
}
_BY_SHORT_CODE: Final = {
    "IMP": ResultClass.IMPRISONMENT,
    "YOI": ResultClass.IMPRISONMENT,
    "SUSPS": ResultClass.SUSPENDED_SENTENCE,
    "CO": ResultClass.COMMUNITY_ORDER,
    "FO": ResultClass.FINE,
    "CD": ResultClass.CONDITIONAL_DISCHARGE,
    "AD": ResultClass.ABSOLUTE_DISCHARGE,
    "FCOMP": ResultClass.COMPENSATION,
    "WDRN": ResultClass.OFFENCE_ENDED,
    "DISM": ResultClass.OFFENCE_ENDED,
    "IQUASH": ResultClass.OFFENCE_ENDED,
    "ONI": ResultClass.OFFENCE_ENDED,
}


def result_class(*, cjs_code: str | None, text: str | None) -> ResultClass | None:
    """The class by CJS code, else by the short code before " - " in the text; None when neither is known."""
    known = _BY_CJS_CODE.get(cjs_code or "")
    return known or _BY_SHORT_CODE.get((text or "").partition(" - ")[0].strip().upper())


def plea_value(raw: str) -> str:
    """One spelling: a published value has a blank in it."""
    return raw.strip().upper().replace(" ", "_")


def verdict_category(raw: str | None) -> str | None:
    """`GUILTY...`, `NOT_GUILTY` and `NO_VERDICT` are told apart by prefix; None when it is none of them."""
    text = (raw or "").upper()
    return next((prefix for prefix in VERDICT_PREFIXES if text.startswith(prefix)), None)


def is_trial(type_name: str) -> bool:
    """A trial, not a hearing that prepares one ("Plea and Trial Preparation", "Pre-Trial Review")."""
    return _TRIAL.match(type_name.strip()) is not None
