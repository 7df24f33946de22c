"""`/victims/{id}/joins` and their withdrawal; each needs the role officer."""

from typing import Annotated

from chassis.http.answers import PERMISSION, refusals
from chassis.http.forms import Why
from chassis.http.problems import Conflict
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from intake.linking.persons import JoinPersons
from intake.recording.decision_form import DecisionForm


class NewJoin(DecisionForm):
    """As whom this victim goes on, and why the two are one person."""

    into_victim_id: str = Field(max_length=36)
    why: Why


class JoinMade(BaseModel):
    join_id: str


class JoinWithdrawal(DecisionForm):
    """Why they are two persons."""

    why: Why


def persons_router(*, persons: JoinPersons, bearer: Bearer) -> APIRouter:
    """Who is one person."""
    router = APIRouter(responses=PERMISSION | refusals(Conflict))
    Officer = Annotated[Principal, Depends(bearer.require_role("officer"))]  # noqa: N806 a type

    @router.post("/victims/{victim_id}/joins", status_code=201)
    async def join(victim_id: str, form: NewJoin, officer: Officer) -> JoinMade:
        """Confirm that two victims are one person: facts by the numbers of either are recorded for the second."""
        made = await persons.join(
            victim_id, form.into_victim_id, subject=officer.subject, why=form.why, decision_id=form.decision_id
        )
        return JoinMade(join_id=made)

    @router.post("/joins/{join_id}/withdrawal", status_code=204)
    async def part(join_id: str, form: JoinWithdrawal, officer: Officer) -> Response:
        """Take back that two are one person."""
        await persons.part(join_id, subject=officer.subject, why=form.why, decision_id=form.decision_id)
        return Response(status_code=204)

    return router
