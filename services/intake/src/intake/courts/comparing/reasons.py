"""Why a hearing moved or fell away, in words that a victim can read and that expose no witness.

Keyed by trial type and code, because one letter means different things (Common Platform's cracked and vacated trials).
"""

from collections.abc import Mapping
from typing import Final

from intake.courts.reading.snapshot import Reason

_NEEDED = "Somebody who was needed could not attend."
_LONGER = "The trial needs more time than was set aside for it."
_PLEA = "There has been a plea."

VACATED: Final[Mapping[str, str]] = {
    "A": "The case is no longer going on.",
    "B": "The prosecution was not ready.",
    "C": _NEEDED,
    "D": _NEEDED,
    "E": "The defendant could not attend.",
    "F": "The defence was not ready.",
    "G": _NEEDED,
    "H": "The defendant's lawyers changed.",
    "I": _LONGER,
    "J": _LONGER,
    "K": "The court did not have enough time that day.",
    "L": _PLEA,
    "M": _PLEA,
    "N": "The case is being dealt with in another way.",
    "O": "Going on that day would have been too hard on somebody.",
    "P": "The building, its equipment or the weather did not allow it.",
    "Q": _PLEA,
    "Z": "The case was moved to another court, or had been listed in error.",
}
OTHERWISE: Final = "The court gave a reason. Your contact can ask the court what it means for you."
ADJOURNED: Final = "The court adjourned the hearing."


def in_words(reason: Reason) -> str:
    """The reason in plain words; free text of the court is never quoted: it names people."""
    if reason.kind == "adjournment":
        return ADJOURNED
    if (reason.kind or "").strip().lower() == "vacated" and reason.code:
        return VACATED.get(reason.code.strip().upper(), OTHERWISE)
    return OTHERWISE


def code_of(reason: Reason) -> str | None:
    """Trial type and code as one opaque code, `Vacated/K`."""
    text = "/".join(part.strip().replace(" ", "-") for part in (reason.kind, reason.code) if part)
    return text if text and text.isascii() and text.isprintable() and len(text) <= 60 else None
