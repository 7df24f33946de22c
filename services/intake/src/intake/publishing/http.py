"""`POST /events` and `GET /events/{id}`."""

from collections.abc import Sequence
from functools import partial
from typing import TypeAlias

import msgspec
from chassis.http.problems import NotAllowed, OutcomeNotKnown, Problem, TemporarilyUnavailable
from chassis.http.refusals import note_refusal
from chassis.http.rendering import render
from chassis.log.records import Receipt as Appended
from chassis.security.bearer import Bearer
from fastapi import APIRouter, Request, Response

from intake.publishing.accepting import AcceptEvents, Doubtful, Result
from intake.publishing.cloudevents import read_events
from intake.publishing.http_answers import EventResult, Receipt, RecordedEvent, Results
from intake.publishing.http_interface import PUBLISHED, READ, WAYS_TO_SEND
from intake.publishing.problems import problem_for
from intake.publishing.reading import ReadEvents
from intake.publishing.registry import ClientRegistry

_ENCODER = msgspec.json.Encoder()
_Outcome: TypeAlias = Appended | Doubtful | Problem


def events_router(*, accept: AcceptEvents, read: ReadEvents, registry: ClientRegistry, bearer: Bearer) -> APIRouter:
    """Where agencies publish, and see again what they published."""
    router = APIRouter()

    @router.post("/events", response_class=Response, responses=PUBLISHED, openapi_extra=WAYS_TO_SEND)
    async def publish(request: Request) -> Response:
        """Record CloudEvents: one structured, one binary, or a batch. A receipt means: it is on disk."""
        principal = await bearer.principal(request)
        principal.demand_scope("events:publish")
        body = await request.body()
        client = registry.client(principal.client_id)
        results = await accept.accept(partial(read_events, request.headers, body), client=client)
        outcomes = list(map(_outcome, results))
        for problem in (outcome for outcome in outcomes if isinstance(outcome, Problem)):
            note_refusal(request.scope, problem)
        return _answer(outcomes)

    @router.get("/events/{event_id:path}", response_class=Response, responses=READ)
    async def event(request: Request, event_id: str, source: str | None = None) -> Response:
        """One recorded event with its receipt: for its own publisher, officers and auditors."""
        principal = await bearer.principal(request)
        reads_all = not principal.roles.isdisjoint({"officer", "auditor"})
        if not reads_all and "events:publish" not in principal.scopes:
            raise NotAllowed("Ask the issuer for a token with the scope events:publish.")
        sources = None if reads_all else registry.client(principal.client_id).sources
        found = await read.one(event_id, source=source, sources=sources)
        receipt = Receipt.of(found.receipt)
        return _json(RecordedEvent(receipt, msgspec.Raw(found.body)), 200)

    return router


def _outcome(result: Result) -> _Outcome:
    return problem_for(result) if isinstance(result, Exception) else result


def _answer(outcomes: Sequence[_Outcome]) -> Response:
    """200 when all are on disk, 207 when some were refused; where none was stored, the status of the refusal."""
    problems = [outcome for outcome in outcomes if isinstance(outcome, Problem)]
    alike = len(problems) == 1 or all(problem.status == TemporarilyUnavailable.status for problem in problems)
    if problems and len(problems) == len(outcomes) and alike:
        return render(next((one for one in problems if isinstance(one, OutcomeNotKnown)), problems[0]))
    items = [_item(index, outcome) for index, outcome in enumerate(outcomes)]
    return _json(Results(items), 207 if problems else 200)


def _item(index: int, outcome: _Outcome) -> EventResult:
    if isinstance(outcome, Problem):
        return EventResult(index, outcome.status, problem=outcome.content())
    if isinstance(outcome, Doubtful):
        return EventResult(index, 200, Receipt.of(outcome.receipt, held=tuple(outcome.doubt.split(","))))
    return EventResult(index, 200, Receipt.of(outcome))


def _json(content: object, status: int) -> Response:
    return Response(_ENCODER.encode(content), status_code=status, media_type="application/json")
