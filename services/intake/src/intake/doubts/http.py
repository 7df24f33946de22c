"""`/events/{id}/doubt-cleared`; needs the role officer."""

from typing import Annotated

from chassis.http.answers import PERMISSION, refusals
from chassis.http.problems import Conflict
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from fastapi import APIRouter, Depends, Response

from intake.doubts.clearing import ClearDoubts
from intake.recording.decision_form import DecisionForm


def doubts_router(*, doubts: ClearDoubts, bearer: Bearer) -> APIRouter:
    """Whether a doubtful fact stands."""
    router = APIRouter(responses=PERMISSION | refusals(Conflict))
    Officer = Annotated[Principal, Depends(bearer.require_role("officer"))]  # noqa: N806 a type

    @router.post("/events/{event_id:path}/doubt-cleared", status_code=204)
    async def clear(
        event_id: str, officer: Officer, source: str | None = None, form: DecisionForm | None = None
    ) -> Response:
        """Say that a doubtful fact stands and may be told."""
        decision_id = form.decision_id if form else None
        await doubts.clear(event_id, source=source, subject=officer.subject, decision_id=decision_id)
        return Response(status_code=204)

    return router
