"""What became of a wish, as officers' systems record it."""

from typing import Annotated

from chassis.http.answers import PERMISSION, refusals
from chassis.http.problems import Conflict
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from contracts.ids import UUID_TEXT, EventId
from contracts.shape import OPAQUE
from contracts.witness_care import WishKind, WishOutcome
from fastapi import APIRouter, Depends, Response

from witness_care.answers.answers import Answer, Answers
from witness_care.care.http import Body, VictimPath


class AnswerRecord(Body):
    """What became of what the report `report_id` asked for. `answer_id` is the caller's: a repeated request is one."""

    answer_id: Annotated[str, UUID_TEXT]
    report_id: Annotated[EventId, OPAQUE]
    wish: WishKind
    outcome: WishOutcome


def answers_router(answers: Answers, *, bearer: Bearer) -> APIRouter:
    """Recording an answer, for the role officer."""
    router = APIRouter(responses=PERMISSION | refusals(Conflict))
    officer = Depends(bearer.require_role("officer"))

    @router.post("/victims/{victim_id}/wishes", status_code=204)
    async def answer_wish(victim_id: VictimPath, body: AnswerRecord, caller: Annotated[Principal, officer]) -> Response:
        answer = Answer(
            answer_id=body.answer_id,
            report_id=body.report_id,
            wish=body.wish,
            outcome=body.outcome,
            by=caller.subject,
        )
        await answers.record(victim_id, answer)
        return Response(status_code=204)

    return router
