"""Why a fact is in doubt, in an officer's words."""

from collections.abc import Mapping
from typing import Final

from contracts.intake import Doubt

DOUBTS: Final[Mapping[Doubt, str]] = {
    Doubt.FUTURE_TIME: "it is said to have happened after we heard of it",
    Doubt.URN_PATTERN: "its URN is not written as URNs are",
    Doubt.CRIME_REFERENCE_PATTERN: "its crime reference is not written as that force writes them",
    Doubt.PRISON_NUMBER_PATTERN: "its prison number is not written as prison numbers are",
    Doubt.REFERENCES_DISAGREE: "its references belong to different cases",
    Doubt.LINK_REVOKED: "a link of theirs to this case was taken back",
    Doubt.TIME_WITHOUT_ZONE: "its time names no time zone",
}


def doubts_said(doubt: str) -> str:
    """Each reason for which intake flagged it; one of a later release is shown by its name."""
    reasons = [one.strip() for one in doubt.split(",")]
    return "; ".join(DOUBTS[Doubt(one)] if one in set(Doubt) else one.replace("-", " ") for one in reasons)
