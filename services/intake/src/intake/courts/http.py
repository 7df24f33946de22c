"""The paths that HMCTS Common Platform speaks already."""

from chassis.security.bearer import Bearer
from fastapi import APIRouter, Depends, Request, Response

from intake.courts.hearings import TakeHearing
from intake.documents.http import read_json


def hearings_router(*, hearings: TakeHearing, bearer: Bearer) -> APIRouter:
    """As Common Platform's consumers answer: 200 and no content."""
    router = APIRouter(dependencies=[Depends(bearer.require_scope("hearings:write"))])

    @router.post("/hearing/{hearing_id}", status_code=200)
    async def confirmed_or_updated(hearing_id: str, request: Request) -> Response:
        """A whole snapshot of a hearing."""
        await hearings.take(await read_json(request), hearing_id=hearing_id, resulted=False)
        return Response(status_code=200)

    @router.post("/hearing/{hearing_id}/result", status_code=200)
    async def resulted(hearing_id: str, request: Request) -> Response:
        """A whole snapshot with results, as shared by the court."""
        await hearings.take(await read_json(request), hearing_id=hearing_id, resulted=True)
        return Response(status_code=200)

    @router.delete("/hearing/{hearing_id}/delete", status_code=200)
    async def deleted(hearing_id: str) -> Response:
        """The hearing is gone, with no reason given: held for an officer."""
        await hearings.delete(hearing_id)
        return Response(status_code=200)

    return router
