"""`POST /reports`: open to everybody, so it is limited, and nothing is sent to what was typed."""

from datetime import date, datetime
from typing import Annotated

from chassis.http.forms import Form
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from intake.reports.limit import HourlyLimit
from intake.reports.receiving import ReceiveReport, Told

_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+$"
Short = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_TEXT, strip_whitespace=True)]
Long = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=_TEXT, strip_whitespace=True)]


class ReportForm(Form):
    """What somebody tells us. Only what they want to say; consent is asked for and never assumed."""

    name: Short | None = None
    what_happened: Long | None = None
    happened_on: date | None = None
    wants_support: bool
    share_with_police: bool
    contact: Short | None = None


class ReportTaken(BaseModel):
    """`report_reference` is for the person to quote, to the police or to a support service."""

    model_config = ConfigDict(frozen=True)

    report_reference: str = Field(examples=["R-7KQM-2XTW-HN4D"])
    recorded_at: datetime


def reports_router(*, receive: ReceiveReport, limit: HourlyLimit) -> APIRouter:
    """On the short list of public addresses."""
    router = APIRouter()

    @router.post("/reports", status_code=201)
    async def report(request: Request, form: ReportForm) -> ReportTaken:
        """Tell us what happened, or ask for support. Nothing reaches the police without `share_with_police`."""
        limit.demand(request.client.host if request.client else "")
        reference, receipt = await receive.receive(Told(**form.model_dump()))
        return ReportTaken(report_reference=reference, recorded_at=receipt.recorded_at)

    return router
