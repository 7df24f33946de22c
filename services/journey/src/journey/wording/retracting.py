"""What is said of what was taken back, by the kind of the retraction: not all of it did not happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class TakenBack:
    """`before` stands before the title of what was taken back, `alone` without it; `beside` on the entry itself."""

    before: str
    alone: str
    meaning: str
    beside: str
    why: str | None = "Why it was wrong"
    """None where the reason would tell of somebody else."""


SOMETHING_ELSE: Final = "What we told you was about something else."
ABOUT_SOMETHING_ELSE: Final = TakenBack(
    before="This was about something else",
    alone="An earlier entry was about something else",
    meaning=f"{SOMETHING_ELSE} We are sorry.",
    beside=SOMETHING_ELSE,
    why=None,
)
NOT_ABOUT_HER: Final = "It was not about you. We are sorry."
"""Beside what she was told and is somebody else's, and never a word of whose."""
DID_NOT_HAPPEN: Final = TakenBack(
    before="This was wrong",
    alone="An earlier entry was wrong",
    meaning="What was here before did not happen. We are sorry.",
    beside="This was wrong: it did not happen.",
)
_KINDS: Final[Mapping[str, TakenBack]] = {
    "did-not-happen": DID_NOT_HAPPEN,
    "recorded-elsewhere": TakenBack(
        before="This is recorded elsewhere",
        alone="An earlier entry is recorded elsewhere",
        meaning="It was recorded in the wrong place. Your contact person can tell you more.",
        beside="This was recorded in the wrong place.",
        why="Why it was moved",
    ),
    "doubled": TakenBack(
        before="This was here twice",
        alone="An earlier entry was here twice",
        meaning="The same was told to us twice. One of the two is taken off, and the other one still holds.",
        beside="This was told to us twice.",
        why="Why it was taken off",
    ),
    "about-somebody-else": ABOUT_SOMETHING_ELSE,
}


def taken_back(kind: str | None) -> TakenBack:
    """The words of a kind of retraction; of one that says no kind, or one of a later contract, those it always had."""
    return _KINDS.get(kind or "", DID_NOT_HAPPEN)
