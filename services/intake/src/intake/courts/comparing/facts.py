"""What the comparison of two snapshots tells: new facts, corrections, retractions, and questions for an officer."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from intake.courts.reading.snapshot import Listing, Reason


@dataclass(frozen=True, slots=True)
class CaseKey:
    """How the court names the case: its own id, and the URN it shares with police and prosecutors."""

    id: str
    urn: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    hearing_id: str
    listing: Listing


@dataclass(frozen=True, slots=True)
class Moved:
    hearing_id: str
    before: Listing
    after: Listing
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Vacated:
    hearing_id: str
    listing: Listing
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class PleaEntered:
    hearing_id: str
    plea: str
    day: date | None


@dataclass(frozen=True, slots=True)
class VerdictReached:
    hearing_id: str
    outcome: str
    category: str
    day: date | None
    lesser_offence: str | None
    others_open: bool


@dataclass(frozen=True, slots=True)
class SentencePassed:
    """`parts`: the class of each result and its length as the court wrote it, e.g. ("imprisonment", "2 Years")."""

    hearing_id: str
    day: date
    parts: tuple[tuple[str, str | None], ...]
    result_ids: tuple[str, ...]
    shared_at: datetime | None


Details = Listed | Moved | Vacated | PleaEntered | VerdictReached | SentencePassed


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact about one case; `event_id` is derived, so that the same comparison gives the same id."""

    event_id: str
    case: CaseKey
    details: Details
    occurred_at: datetime
    backfill: bool
    defendant_id: str | None = None
    offence_ids: tuple[str, ...] = ()
    defendants: tuple[str, ...] = ()
    """Of a hearing: the accused of this case whom it is listed, moved or vacated for."""

    @property
    def is_zoned(self) -> bool:
        """False where a time of its listing came without a zone: it may be an hour off."""
        match self.details:
            case Listed(listing=listing) | Moved(after=listing):
                return all(sitting.zoned for sitting in listing.sittings)
            case _:
                return True


@dataclass(frozen=True, slots=True)
class Correction:
    """`fact` replaces what `original_id` said; `state_id` is the event that said it last."""

    original_id: str
    state_id: str
    fact: Fact
    reason: str


@dataclass(frozen=True, slots=True)
class Retraction:
    """What `original_id` said was wrong."""

    event_id: str
    original_id: str
    state_id: str
    case: CaseKey
    occurred_at: datetime
    reason: str
    backfill: bool = False


News = Fact | Correction | Retraction


class QuestionKind(StrEnum):
    """What an officer is asked about a hearing."""

    UNKNOWN_RESULT_CLASS = "unknown-result-class"
    UNTOLD_RESULT = "untold-result"
    UNREAD = "unread"
    RESULT_GONE = "result-gone"
    PLEA_GONE = "plea-gone"
    VERDICT_GONE = "verdict-gone"
    OFFENCE_GONE = "offence-gone"
    DEFENDANT_GONE = "defendant-gone"
    CASE_GONE = "case-gone"
    LISTING_GONE = "listing-gone"
    REASON_ASKED = "reason-asked"


GONE: Final = frozenset(kind for kind in QuestionKind if kind.endswith("-gone"))
"""What was told and the last message of the hearing no longer shows, without a sign that it was taken back."""


@dataclass(frozen=True, slots=True)
class Question:
    """For an officer: something that a machine must not decide. `about` names ids only."""

    kind: QuestionKind
    about: str

    @property
    def key(self) -> str:
        """How it is remembered."""
        return f"{self.kind}/{self.about}"
