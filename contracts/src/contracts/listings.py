"""When and where a hearing is listed, and why a listing changed."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from contracts.personal import PersonalText
from contracts.shape import Instant, Line, Opaque, Shape


class Court(Shape):
    """A court centre; courts are the same when the first five characters of the code are."""

    code: str = Field(pattern=r"^[A-Z0-9]{5,7}$")
    name: Line


class HearingDay(Shape):
    """One day on which the hearing sits. Minutes may exceed a day: a six-week trial is listed on its first."""

    starts_at: Instant
    minutes: int | None = Field(default=None, ge=1, le=1_000_000)
    court_centre_id: Opaque | None = None
    """Where this day is held in another court than the hearing: that one, by the court service's id of it."""
    court_name: Line | None = None
    """What that other court is called, where the court service said it."""


class FixedListing(Shape):
    """Listed for a day and time."""

    precision: Literal["fixed"] = "fixed"
    days: tuple[HearingDay, ...] = Field(min_length=1, max_length=1000)


class WeekListing(Shape):
    """Listed for some day in a week."""

    precision: Literal["week-commencing"] = "week-commencing"
    week_commencing: date


class UndatedListing(Shape):
    """To be heard, with no date yet."""

    precision: Literal["undated"] = "undated"


Listing = Annotated[FixedListing | WeekListing | UndatedListing, Field(discriminator="precision")]


class ReasonGiven(Shape):
    """The court's reason: its code (trial type and letter, as `Vacated/K`) where there is one, and its words."""

    kind: Literal["given"] = "given"
    code: Opaque | None = None
    text: PersonalText


class ReasonAsked(Shape):
    """The court gave none. From this time on an officer has it to ask; whether anybody asked is not said here."""

    kind: Literal["asked"] = "asked"
    asked_for_at: Instant


Reason = Annotated[ReasonGiven | ReasonAsked, Field(discriminator="kind")]
