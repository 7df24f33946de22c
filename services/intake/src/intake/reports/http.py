"""`POST /reports`: open to everybody, so it is limited, and nothing is sent to what was typed."""

from collections import OrderedDict
from datetime import date, datetime, timedelta
from ipaddress import IPv6Network, ip_address
from typing import Annotated

from chassis.clock import Clock
from chassis.http.problems import TooManyRequests
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from intake.reports.receiving import ReceiveReport, Told

_HOUR = timedelta(hours=1)
_MOST_ADDRESSES = 10_000

_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+$"
Short = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_TEXT, strip_whitespace=True)]
Long = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=_TEXT, strip_whitespace=True)]


class ReportForm(BaseModel):
    """What somebody tells us. Only what they want to say; consent is asked for and never assumed."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

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


class HourlyLimit:
    """At most so many from one line in an hour, in this process; addresses are not kept longer."""

    def __init__(self, *, most: int, clock: Clock) -> None:
        self._most = most
        self._clock = clock
        self._seen: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def demand(self, address: str) -> None:
        """Count one more. Raises TooManyRequests."""
        now, line = self._clock.now(), _line_of(address)
        since, count = self._seen.get(line, (now, 0))
        if now - since >= _HOUR:
            since, count = now, 0
        if count >= self._most:
            wait = int((since + _HOUR - now).total_seconds()) + 1
            raise TooManyRequests("Wait as Retry-After says, then send it again.", headers={"Retry-After": str(wait)})
        self._seen[line] = (since, count + 1)
        self._seen.move_to_end(line)
        while len(self._seen) > _MOST_ADDRESSES:
            self._seen.popitem(last=False)


def _line_of(address: str) -> str:
    """What one household is given: an IPv4 address, or the first 64 bits of its IPv6 addresses (RFC 4291, 2.5.4)."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((int(found), 64), strict=False))


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
