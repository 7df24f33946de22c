"""What the courts publish: listings, pleas, verdicts, sentences."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.facts import CaseFact, DefendantFact, DefendantIdText
from contracts.ids import DefendantId
from contracts.listings import Court, Listing, Reason
from contracts.personal import PersonalText
from contracts.shape import Instant, Line, Opaque, Shape


class HearingFact(CaseFact):
    """A fact about one hearing of a case; with no defendant named it is about all of the case."""

    hearing_id: Opaque
    hearing_type: Line
    defendant_ids: tuple[DefendantIdText, ...] = Field(default=(), max_length=200)

    @property
    def concerned_defendants(self) -> tuple[DefendantId, ...]:
        return self.defendant_ids


class HearingListed(HearingFact):
    """A hearing has a place on the list."""

    court: Court
    listing: Listing


class HearingChanged(HearingListed):
    """The day, time, court or type changed. `previous` is what the victim may have been told."""

    previous: Listing
    reason: Reason


class HearingVacated(HearingFact):
    """The hearing will not be held as listed."""

    previous: Listing
    reason: Reason


class TrialDateSet(HearingListed):
    """A trial is listed."""


class TrialDateChanged(HearingChanged):
    """The trial moved."""


class TrialDateVacated(HearingVacated):
    """The trial will not be held as listed."""


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


TYPES: dict[str, type[Shape]] = {
    "court.hearing-listed.v1": HearingListed,
    "court.hearing-changed.v1": HearingChanged,
    "court.hearing-vacated.v1": HearingVacated,
    "court.trial-date-set.v1": TrialDateSet,
    "court.trial-date-changed.v1": TrialDateChanged,
    "court.trial-date-vacated.v1": TrialDateVacated,
    "court.plea-entered.v1": PleaEntered,
    "court.verdict-reached.v1": VerdictReached,
    "court.sentence-passed.v1": SentencePassed,
}
