"""What the courts publish: listings, pleas, verdicts, sentences."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from contracts.event_type import EventType, Tell
from contracts.facts import CaseFact, DefendantFact, DefendantIdText
from contracts.ids import DefendantId
from contracts.listings import Court, Listing, Reason
from contracts.personal import PersonalText
from contracts.shape import Instant, Line, Opaque, Shape
from contracts.thread import Thread, ThreadKind


class HearingFact(CaseFact):
    """A fact about one hearing of a case; with no defendant named it is about all of the case."""

    hearing_id: Opaque
    hearing_type: Line
    defendant_ids: tuple[DefendantIdText, ...] = Field(default=(), max_length=200)

    @property
    def concerned_defendants(self) -> tuple[DefendantId, ...]:
        return self.defendant_ids


class HearingListed(HearingFact):
    """A hearing, or the trial, has a place on the list."""

    court: Court
    listing: Listing


class HearingChanged(HearingListed):
    """The day, time, court or type changed. `previous` is what the victim may have been told."""

    previous: Listing
    reason: Reason


class HearingVacated(HearingFact):
    """The hearing, or the trial, will not be held as listed."""

    previous: Listing
    reason: Reason


class PleaEntered(DefendantFact):
    """A plea to the named offences. The list of pleas is open and is the court's; an indicated plea is not one."""

    hearing_id: Opaque
    plea: Annotated[str, StringConstraints(pattern=r"^[A-Z_ ]{1,80}$")]
    entered_on: date | None = None


class Verdict(StrEnum):
    """What was decided, by the prefix of the court's category."""

    GUILTY = "guilty"
    NOT_GUILTY = "not-guilty"
    NO_VERDICT = "no-verdict"


class VerdictReached(DefendantFact):
    """A verdict on the named offences; other offences may be open still."""

    hearing_id: Opaque
    verdict: Verdict
    category: Opaque | None = None
    """The court's own category, as GUILTY_BY_JURY_CONVICTED."""
    reached_on: date | None = None
    lesser_offence: Line | None = None
    others_open: bool = False


class SentencePassed(DefendantFact):
    """A sentence on the named offences, as shared by the court at `shared_at`. Its words may name people."""

    hearing_id: Opaque
    sentence: PersonalText
    passed_on: date | None = None
    shared_at: Instant | None = None
    result_ids: tuple[Opaque, ...] = Field(default=(), max_length=500)
    """The court's ids of the results it was made from, by which an amendment finds it."""


def _listings(of: str, *, listed: str) -> tuple[EventType, ...]:
    """Listed, changed and vacated: one hearing, whichever it is, and one place on the list."""
    # What moved to no date yet is about the day that it no longer has: they must know before they travel.
    kinds: dict[str, tuple[type[Shape], tuple[str, ...]]] = {
        listed: (HearingListed, ("listing",)),
        "changed": (HearingChanged, ("listing", "previous")),
        "vacated": (HearingVacated, ("previous",)),
    }
    return tuple(
        EventType(
            f"court.{of}-{kind}.v1",
            model,
            tell=Tell.MESSAGE,
            thread=Thread(ThreadKind.HEARING, "hearing_id", about=about),
        )
        for kind, (model, about) in kinds.items()
    )


LISTINGS: Final = (*_listings("hearing", listed="listed"), *_listings("trial-date", listed="set"))

TYPES: Final = (
    *LISTINGS,
    EventType("court.plea-entered.v1", PleaEntered, tell=Tell.MESSAGE),
    EventType("court.verdict-reached.v1", VerdictReached, tell=Tell.MESSAGE),
    EventType("court.sentence-passed.v1", SentencePassed, tell=Tell.MESSAGE),
)
