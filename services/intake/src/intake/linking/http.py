"""`/victims/{id}/links`, their revocation, and that of merges; each needs the role officer."""

from typing import Annotated

from chassis.http.answers import PERMISSION, refusals
from chassis.http.forms import Why
from chassis.http.problems import Conflict
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from contracts.facts import DefendantIdText, OffenceIdText
from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from intake.linking.links import LinkVictims
from intake.linking.merges import WithdrawMerges
from intake.recording.decision_form import DecisionForm


class NewLink(DecisionForm):
    """Which case, and where known which defendant and offences of it."""

    case_id: str = Field(max_length=36)
    defendant_id: DefendantIdText | None = None
    offence_ids: tuple[OffenceIdText, ...] = Field(default=(), max_length=200)
    why: Why = "Confirmed by an officer."


class LinkMade(BaseModel):
    link_id: str


class Revocation(DecisionForm):
    """Why the link was wrong."""

    why: Why


class MergeWithdrawal(DecisionForm):
    """Why the two cases are not one."""

    why: Why


def links_router(*, links: LinkVictims, merges: WithdrawMerges, bearer: Bearer) -> APIRouter:
    """Who belongs to which case."""
    router = APIRouter(responses=PERMISSION | refusals(Conflict))
    Officer = Annotated[Principal, Depends(bearer.require_role("officer"))]  # noqa: N806 a type

    @router.post("/victims/{victim_id}/links", status_code=201)
    async def link(victim_id: str, form: NewLink, officer: Officer) -> LinkMade:
        """Tie a victim to a case, or to a defendant and offences of it."""
        made = await links.link_victim(
            victim_id,
            form.case_id,
            subject=officer.subject,
            why=form.why,
            defendant_id=form.defendant_id,
            offences=form.offence_ids,
            decision_id=form.decision_id,
        )
        return LinkMade(link_id=made)

    @router.post("/links/{link_id}/revocation", status_code=204)
    async def revoke(link_id: str, form: Revocation, officer: Officer) -> Response:
        """Take a wrong link back."""
        await links.revoke_link(link_id, subject=officer.subject, why=form.why, decision_id=form.decision_id)
        return Response(status_code=204)

    @router.post("/merges/{merged_event_id}/withdrawal", status_code=204)
    async def part(merged_event_id: str, form: MergeWithdrawal, officer: Officer) -> Response:
        """Take back that two cases are one, by the id of the `intake.case-merged` that says so."""
        await merges.withdraw(merged_event_id, subject=officer.subject, why=form.why, decision_id=form.decision_id)
        return Response(status_code=204)

    return router
