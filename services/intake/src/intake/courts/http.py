"""The paths that HMCTS Common Platform speaks already."""

from chassis.http.answers import PERMISSION, refusals
from chassis.http.problems import Conflict
from chassis.security.bearer import Bearer
from fastapi import APIRouter, Depends, Request, Response

from intake.courts.hearings import TakeHearing
from intake.courts.http_messages import HEARING
from intake.documents.http import a_message

LARGEST_MESSAGE = 16_000_000
"""Bytes. A hearing of five cases was 802 kB; an address has a limit of its own, since a court splits nothing."""


def hearings_router(*, hearings: TakeHearing, bearer: Bearer) -> APIRouter:
    """As Common Platform's consumers answer: 200 and no content.

    A court takes a refusal as final: whatever names its hearing is kept, what is in question of it for an officer.
    """
    router = APIRouter(
        dependencies=[Depends(bearer.require_scope("hearings:write"))], responses=PERMISSION | refusals(Conflict)
    )

    @router.post("/hearing/{hearing_id}", status_code=200, response_class=Response, openapi_extra=a_message(HEARING))
    async def confirmed_or_updated(hearing_id: str, request: Request) -> Response:
        """A whole snapshot of a hearing."""
        await hearings.take(await request.body(), hearing_id=hearing_id, resulted=False)
        return Response(status_code=200)

    @router.post(
        "/hearing/{hearing_id}/result", status_code=200, response_class=Response, openapi_extra=a_message(HEARING)
    )
    async def resulted(hearing_id: str, request: Request) -> Response:
        """A whole snapshot with results, as shared by the court."""
        await hearings.take(await request.body(), hearing_id=hearing_id, resulted=True)
        return Response(status_code=200)

    @router.delete("/hearing/{hearing_id}/delete", status_code=200, response_class=Response)
    async def deleted(hearing_id: str) -> Response:
        """The hearing is gone, with no reason given: held for an officer."""
        await hearings.delete(hearing_id)
        return Response(status_code=200)

    return router
