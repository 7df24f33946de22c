"""What prisons publish about a convicted or remanded person, by the court's defendant id and never a prison number."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field

from contracts.event_type import EventType, Tell
from contracts.facts import DefendantFact
from contracts.shape import Month, Opaque, Shape
from contracts.thread import CUSTODY, Thread, ThreadKind


class ReleaseDay(Shape):
    """Planned for this day."""

    precision: Literal["day"] = "day"
    day: date


class ReleaseMonth(Shape):
    """Planned for some day of this month."""

    precision: Literal["month"] = "month"
    month: Month


class ReleasePlanned(DefendantFact):
    """The calculated release date, new or changed."""

    planned: Annotated[ReleaseDay | ReleaseMonth, Field(discriminator="precision")]
    calculation_id: Opaque | None = None


class MovementFact(DefendantFact):
    """A movement in or out of prison; `prison` is the establishment's short code, for officers."""

    prison: Opaque | None = None


class OffenderReleased(MovementFact):
    """Released, out of prison and no longer in its care."""


class ReceptionReason(StrEnum):
    """Why they were received; a new order and a recall are not told apart by the source."""

    ADMISSION = "admission"
    READMISSION = "readmission"


class OffenderReceived(MovementFact):
    """Received into prison."""

    reason: ReceptionReason


class TemporaryAbsenceStarted(MovementFact):
    """Out for a time and expected back: not a release."""


class OffenderMovedToHospital(MovementFact):
    """Moved to hospital and still detained: not a release."""


_PLAN = Thread(ThreadKind.RELEASE_PLAN, "defendant_id", about=("planned",))
_RELEASE = replace(CUSTODY, also_ends=(ThreadKind.RELEASE_PLAN,))

TYPES: Final = (
    # Not urgent by its type: a day that is near is told before it, however news is gathered.
    EventType("prison.release-planned.v1", ReleasePlanned, tell=Tell.MESSAGE, thread=_PLAN),
    # They are out by the time we hear of it: each hour in which she does not know it she may meet them unprepared.
    EventType("prison.offender-released.v1", OffenderReleased, tell=Tell.MESSAGE, urgent=True, thread=_RELEASE),
    # A reception may be a new order for something else: not this victim's news.
    EventType("prison.offender-received.v1", OffenderReceived, thread=CUSTODY),
    EventType("prison.temporary-absence-started.v1", TemporaryAbsenceStarted, tell=Tell.OFFICER_FIRST, thread=CUSTODY),
    EventType("prison.offender-moved-to-hospital.v1", OffenderMovedToHospital, tell=Tell.OFFICER_FIRST, thread=CUSTODY),
)
