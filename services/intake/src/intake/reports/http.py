"""`POST /reports`: open to everybody, so it is limited, and nothing is sent to what was typed."""

import re
from datetime import date, datetime
from typing import Annotated

from chassis.http.answers import PERMISSION, refusals
from chassis.http.forms import Form
from chassis.http.problems import Conflict, TooManyRequests
from chassis.security.bearer import Bearer
from contracts.ids import UUID_TEXT, EventId, VictimId
from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints

from intake.reports.limit import HourlyLimit
from intake.reports.reading import ReadReports
from intake.reports.receiving import ReceiveReport, Told

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+$"


def _as_text(day: object) -> str:
    """A day as JSON has it; a number or a moment would be taken for one too."""
    if not isinstance(day, str) or not _DAY.fullmatch(day):
        raise ValueError("no day as 2026-11-09")
    return day


Short = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_TEXT, strip_whitespace=True)]
Day = Annotated[date, BeforeValidator(_as_text)]
Long = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=_TEXT, strip_whitespace=True)]


class ReportForm(Form):
    """What somebody tells us. Only what they want to say; consent is asked for and never assumed."""

    name: Short | None = None
    what_happened: Long | None = None
    happened_on: Day | None = None
    wants_support: StrictBool
    share_with_police: StrictBool
    contact: Short | None = None
    report_id: Annotated[EventId, UUID_TEXT] | None = None
    """Made by the form, so that the same report sent twice is one, and is answered with the same reference."""


class ReportTaken(BaseModel):
    """`report_reference` is for the person to quote, to the police or to a support service."""

    model_config = ConfigDict(frozen=True)

    report_reference: str = Field(examples=["R-7KQM-2XTW-HN4D"])
    recorded_at: datetime


class ReportKnown(BaseModel):
    """A report as an officer reads it. `contact` was typed and not confirmed: find out first whether it is safe."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    reference: str
    received_at: datetime
    share_with_police: bool
    contact: str | None


def reports_router(*, receive: ReceiveReport, read: ReadReports, limit: HourlyLimit, bearer: Bearer) -> APIRouter:
    """Telling us is on the short list of public addresses; reading is for the role officer."""
    router = APIRouter()

    @router.post("/reports", status_code=201, responses=refusals(Conflict, TooManyRequests))
    async def report(request: Request, form: ReportForm) -> ReportTaken:
        """Tell us what happened, or ask for support. Nothing reaches the police without `share_with_police`."""
        limit.demand(request.client.host if request.client else "")
        told = Told(**form.model_dump(exclude={"report_id"}))
        reference, recorded_at = await receive.receive(told, report_id=form.report_id)
        return ReportTaken(report_reference=reference, recorded_at=recorded_at)

    @router.get(
        "/victims/{victim_id}/reports", dependencies=[Depends(bearer.require_role("officer"))], responses=PERMISSION
    )
    async def reports(victim_id: Annotated[VictimId, UUID_TEXT]) -> list[ReportKnown]:
        """The victim's reports, newest first, with the contact that they typed; each reading is on record."""
        return [ReportKnown.model_validate(found) for found in await read.of(victim_id)]

    return router
