"""Where HMPPS domain events come in, and where officers say whose a prison number is."""

from typing import Annotated

from chassis.http.answers import PERMISSION, refusals
from chassis.http.forms import Why
from chassis.http.problems import Conflict
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from contracts.facts import DefendantIdText
from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from intake.documents.http import a_message, read_json
from intake.prisons.http_messages import DOMAIN_EVENT
from intake.prisons.numbers import ConfirmPrisonNumber
from intake.prisons.taking import TakeMovement
from intake.prisons.withdrawals import WithdrawPrisonNumber
from intake.recording.decision_form import DecisionForm


class PrisonNumber(DecisionForm):
    """The number that HMPPS gave the prisoner; it is kept as a keyed hash only."""

    number: str = Field(min_length=1, max_length=20)


class NumberWithdrawal(PrisonNumber):
    """Which number was confirmed by mistake, and why it was wrong."""

    why: Why


def numbers_router(
    *, numbers: ConfirmPrisonNumber, movements: TakeMovement, withdrawals: WithdrawPrisonNumber, bearer: Bearer
) -> APIRouter:
    """Which prisoner a defendant is."""
    router = APIRouter(responses=PERMISSION | refusals(Conflict))
    Officer = Annotated[Principal, Depends(bearer.require_role("officer"))]  # noqa: N806 a type

    @router.post("/cases/{case_id}/defendants/{defendant_id}/prison-number", status_code=204)
    async def prison_number(
        case_id: str, defendant_id: DefendantIdText, form: PrisonNumber, officer: Officer
    ) -> Response:
        """Confirm which prisoner this defendant is; movements that waited for it are told now."""
        number_hash = await numbers.confirm(
            case_id, defendant_id, form.number, subject=officer.subject, decision_id=form.decision_id
        )
        await movements.tell_waiting(number_hash)
        return Response(status_code=204)

    @router.post("/cases/{case_id}/defendants/{defendant_id}/prison-number/withdrawal", status_code=204)
    async def prison_number_withdrawn(
        case_id: str, defendant_id: DefendantIdText, form: NumberWithdrawal, officer: Officer
    ) -> Response:
        """Take a wrong confirmation back: what was told because of it is retracted."""
        await withdrawals.withdraw(
            case_id, defendant_id, form.number, subject=officer.subject, why=form.why, decision_id=form.decision_id
        )
        return Response(status_code=204)

    return router


def domain_events_router(*, movements: TakeMovement, bearer: Bearer) -> APIRouter:
    """Where a queue of HMPPS domain events is emptied into."""
    router = APIRouter(dependencies=[Depends(bearer.require_scope("domain-events:write"))], responses=PERMISSION)

    @router.post("/domain-events", status_code=200, response_class=Response, openapi_extra=a_message(DOMAIN_EVENT))
    async def domain_event(request: Request) -> Response:
        """One domain event; sent again, it changes nothing."""
        await movements.take(await read_json(request))
        return Response(status_code=200)

    return router
