"""What prisons publish about a convicted or remanded person, by the court's defendant id and never a prison number."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from contracts.facts import DefendantFact
from contracts.shape import Month, Opaque, Shape


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


TYPES: dict[str, type[Shape]] = {
    "prison.release-planned.v1": ReleasePlanned,
    "prison.offender-released.v1": OffenderReleased,
    "prison.offender-received.v1": OffenderReceived,
    "prison.temporary-absence-started.v1": TemporaryAbsenceStarted,
    "prison.offender-moved-to-hospital.v1": OffenderMovedToHospital,
}
