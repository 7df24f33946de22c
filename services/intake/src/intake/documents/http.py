"""`/documents`: what agencies sent that could not be told by a machine."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, assert_never

from chassis.http.answers import PERMISSION, refusals
from chassis.http.forms import Form
from chassis.http.limits import refuse_deep_json
from chassis.http.problems import Conflict
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from intake.documents.deciding import OfficerDesk
from intake.documents.document import Document, DocumentKind, DocumentState

_DEEPEST = 64


class DecisionKind(StrEnum):
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Decision(Form):
    """What an officer found: as the message says, or nothing follows."""

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
    times: int
    """How often its like came; this is the example, and what is decided holds for all."""


class MessageContent(BaseModel):
    """A message as its agency sent it. It may name many people: show it to nobody but the officer who decides."""

    content: str


class Decided(BaseModel):
    """What the message is from now on."""

    state: DocumentState


def documents_router(*, desk: OfficerDesk, bearer: Bearer) -> APIRouter:
    """What could not be told by a machine."""
    router = APIRouter(responses=PERMISSION)
    Officer = Annotated[Principal, Depends(bearer.require_role("officer"))]  # noqa: N806 a type

    @router.get("/documents", dependencies=[Depends(bearer.require_role("officer", "auditor"))])
    async def waiting() -> list[WaitingDocument]:
        """Held, parked or in question, soonest due first."""
        return [_waiting(document) for document in await desk.waiting()]

    @router.get("/documents/{document_id}/content", responses=refusals(Conflict))
    async def read(document_id: str, officer: Officer) -> MessageContent:  # noqa: ARG001 only who may
        """What the message says, to decide by; each reading is on record."""
        return MessageContent(content=await desk.read(document_id))

    @router.post("/documents/{document_id}/decision", status_code=200, responses=refusals(Conflict))
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


def a_message(schema: Mapping[str, Any]) -> dict[str, Any]:
    """`openapi_extra` of a route that reads an agency's message as it is sent."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": dict(schema)}}}}


async def read_json(request: Request) -> bytes:
    """The body of an agency's message, as it was sent. Raises MalformedContent where it nests deeply."""
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
        times=document.times,
    )
