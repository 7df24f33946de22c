"""What officers decide, over HTTP; each needs the role officer."""

from typing import Annotated

from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from contracts.facts import DefendantIdText, OffenceIdText
from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from intake.linking.officers import Officers
from intake.prisons.taking import TakeMovement
from intake.prisons.withdrawals import WithdrawPrisonNumber

Why = Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class NewLink(_Form):
    """Which case, and where known which defendant and offences of it."""

    case_id: str = Field(max_length=36)
    defendant_id: DefendantIdText | None = None
    offence_ids: tuple[OffenceIdText, ...] = Field(default=(), max_length=200)
    why: Why = "Confirmed by an officer."


class LinkMade(BaseModel):
    link_id: str


class Revocation(_Form):
    """Why the link was wrong."""

    why: Why


class PrisonNumber(_Form):
    """The number that HMPPS gave the prisoner; it is kept as a keyed hash only."""

    number: str = Field(min_length=1, max_length=20)


class NumberWithdrawal(PrisonNumber):
    """Which number was confirmed by mistake, and why it was wrong."""

    why: Why


def officers_router(
    *, officers: Officers, movements: TakeMovement, numbers: WithdrawPrisonNumber, bearer: Bearer
) -> APIRouter:
    """Decisions about identity and doubt."""
    router = APIRouter()
    Officer = Annotated[Principal, Depends(bearer.require_role("officer"))]  # noqa: N806 a type

    @router.post("/victims/{victim_id}/links", status_code=201)
    async def link(victim_id: str, form: NewLink, officer: Officer) -> LinkMade:
        """Tie a victim to a case, or to a defendant and offences of it."""
        made = await officers.link_victim(
            victim_id,
            form.case_id,
            subject=officer.subject,
            why=form.why,
            defendant_id=form.defendant_id,
            offences=form.offence_ids,
        )
        return LinkMade(link_id=made)

    @router.post("/links/{link_id}/revocation", status_code=204)
    async def revoke(link_id: str, form: Revocation, officer: Officer) -> Response:
        """Take a wrong link back."""
        await officers.revoke_link(link_id, subject=officer.subject, why=form.why)
        return Response(status_code=204)

    @router.post("/cases/{case_id}/defendants/{defendant_id}/prison-number", status_code=204)
    async def prison_number(
        case_id: str, defendant_id: DefendantIdText, form: PrisonNumber, officer: Officer
    ) -> Response:
        """Confirm which prisoner this defendant is; movements that waited for it are told now."""
        number_hash = await officers.confirm_prison_number(case_id, defendant_id, form.number, subject=officer.subject)
        await movements.tell_waiting(number_hash)
        return Response(status_code=204)

    @router.post("/cases/{case_id}/defendants/{defendant_id}/prison-number/withdrawal", status_code=204)
    async def prison_number_withdrawn(
        case_id: str, defendant_id: DefendantIdText, form: NumberWithdrawal, officer: Officer
    ) -> Response:
        """Take a wrong confirmation back: what was told because of it is retracted."""
        await numbers.withdraw(case_id, defendant_id, form.number, subject=officer.subject, why=form.why)
        return Response(status_code=204)

    @router.post("/events/{event_id:path}/doubt-cleared", status_code=204)
    async def clear(event_id: str, officer: Officer, source: str | None = None) -> Response:
        """Say that a doubtful fact stands and may be told."""
        await officers.clear_doubt(event_id, source=source, subject=officer.subject)
        return Response(status_code=204)

    return router
