"""The paths of formats that agencies speak already: Common Platform hearings, HMPPS domain events; and what waits."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, assert_never

from chassis.http.limits import refuse_deep_json
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict

from intake.courts.hearings import TakeHearing
from intake.documents.deciding import OfficerDesk
from intake.documents.document import Document, DocumentKind, DocumentState
from intake.prisons.taking import TakeMovement

_DEEPEST = 64


def hearings_router(*, hearings: TakeHearing, bearer: Bearer) -> APIRouter:
    """As Common Platform's consumers answer: 200 and no content."""
    router = APIRouter(dependencies=[Depends(bearer.require_scope("hearings:write"))])

    @router.post("/hearing/{hearing_id}", status_code=200)
    async def confirmed_or_updated(hearing_id: str, request: Request) -> Response:
        """A whole snapshot of a hearing."""
        await hearings.take(await _json(request), hearing_id=hearing_id, resulted=False)
        return Response(status_code=200)

    @router.post("/hearing/{hearing_id}/result", status_code=200)
    async def resulted(hearing_id: str, request: Request) -> Response:
        """A whole snapshot with results, as shared by the court."""
        await hearings.take(await _json(request), hearing_id=hearing_id, resulted=True)
        return Response(status_code=200)

    @router.delete("/hearing/{hearing_id}/delete", status_code=200)
    async def deleted(hearing_id: str) -> Response:
        """The hearing is gone, with no reason given: held for an officer."""
        await hearings.delete(hearing_id)
        return Response(status_code=200)

    return router


def domain_events_router(*, movements: TakeMovement, bearer: Bearer) -> APIRouter:
    """Where a queue of HMPPS domain events is emptied into."""
    router = APIRouter(dependencies=[Depends(bearer.require_scope("domain-events:write"))])

    @router.post("/domain-events", status_code=200)
    async def domain_event(request: Request) -> Response:
        """One domain event; sent again, it changes nothing."""
        await movements.take(await _json(request))
        return Response(status_code=200)

    return router


class DecisionKind(StrEnum):
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Decision(BaseModel):
    """What an officer found: as the message says, or nothing follows."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    decision: DecisionKind


class WaitingDocument(BaseModel):
    """A message that waits, without its content."""

    document_id: str
    kind: DocumentKind
    hearing_id: str | None
    state: DocumentState
    why: str | None
    received_at: datetime
    due_at: datetime | None
    decided_at: datetime | None
    """An officer confirmed it, and nothing could follow yet: confirm it again after a release that knows more."""


class Decided(BaseModel):
    """What the message is from now on."""

    state: DocumentState


def documents_router(*, desk: OfficerDesk, bearer: Bearer) -> APIRouter:
    """What could not be told by a machine."""
    router = APIRouter()
    Officer = Annotated[Principal, Depends(bearer.require_role("officer"))]  # noqa: N806 a type

    @router.get("/documents", dependencies=[Depends(bearer.require_role("officer", "auditor"))])
    async def waiting() -> list[WaitingDocument]:
        """Held, parked or in question, soonest due first."""
        return [_waiting(document) for document in await desk.waiting()]

    @router.post("/documents/{document_id}/decision", status_code=200)
    async def decide(document_id: str, form: Decision, officer: Officer) -> Decided:
        """Say what to make of it; what cannot be told yet waits on, with the decision noted."""
        match form.decision:
            case DecisionKind.CONFIRMED:
                return Decided(state=await desk.confirm(document_id, by=officer.subject))
            case DecisionKind.DISMISSED:
                return Decided(state=await desk.dismiss(document_id, by=officer.subject))
            case _:
                assert_never(form.decision)

    return router


async def _json(request: Request) -> bytes:
    body = await request.body()
    refuse_deep_json(body, deepest=_DEEPEST)
    return body


def _waiting(document: Document) -> WaitingDocument:
    return WaitingDocument(
        document_id=document.id,
        kind=document.kind,
        hearing_id=None if document.kind == DocumentKind.MOVEMENT else document.about,
        state=document.state,
        why=document.why,
        received_at=document.received_at,
        due_at=document.due_at,
        decided_at=document.decided_at,
    )
