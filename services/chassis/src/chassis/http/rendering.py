"""Every failure becomes one problem document, here and nowhere else; a browser gets the same in plain words."""

from collections.abc import Callable, Mapping

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from chassis.database import AWAY, UNSTORABLE
from chassis.errors import Fenced, OutcomeNotKnown, TransientFailure
from chassis.http import problems
from chassis.http.methods import allowed_methods
from chassis.http.plain import problem_page
from chassis.http.problems import Problem
from chassis.http.refusals import note_refusal
from chassis.http.validation import invalid_fields

ProblemFor = Callable[[Exception], Problem]

_RETRY_AFTER_SECONDS = "2"
_BY_STATUS: Mapping[int, type[Problem]] = {
    kind.status: kind
    for kind in (
        problems.MalformedContent,
        problems.NotAuthenticated,
        problems.NotAllowed,
        problems.NotFound,
        problems.MethodNotAllowed,
        problems.UnsupportedContent,
        problems.InvalidContent,
    )
}
_ONLY_READS = ("GET", "HEAD")
_WHAT_TO_DO = {
    400: "Check that the content is well-formed and has the content type it claims.",
    404: "Check the address.",
    405: "Use a method named in the Allow header.",
}


def render(problem: Problem) -> Response:
    """The response for a problem."""
    return Response(
        msgspec.json.encode(problem.content()),
        status_code=problem.status,
        headers=problem.headers,
        media_type="application/problem+json",
    )


def render_for(request: Request, problem: Problem) -> Response:
    """The response for whoever asked: browsers ask for pages by name, programs do not. A refusal leaves a line."""
    note_refusal(request.scope, problem)
    if "text/html" not in request.headers.get("accept", ""):
        return render(problem)
    return Response(problem_page(problem), problem.status, problem.headers, media_type="text/html")


def unavailable(_: Exception) -> Problem:
    """The problem for anything that is away for now: nothing was stored, the same request may be sent again."""
    return problems.TemporarilyUnavailable(
        "Nothing was stored. Send the same request again after the seconds named in Retry-After.",
        headers={"Retry-After": _RETRY_AFTER_SECONDS},
    )


def not_known(_: Exception) -> Problem:
    """The problem for a commit whose answer was lost."""
    return problems.OutcomeNotKnown(
        "It may be stored, or not. Send the same request again after the seconds named in Retry-After: it counts once.",
        headers={"Retry-After": _RETRY_AFTER_SECONDS},
    )


def unexpected() -> Problem:
    """The problem for a failure nobody foresaw; the log has its kind and place, never its words."""
    return Problem("Send the same request again; if it fails again, tell the service's operators when it happened.")


def add_renderers(app: FastAPI, problem_for: Mapping[type[Exception], ProblemFor]) -> None:
    """Render `Problem`, the framework's own errors, what is away, and a service's errors through `problem_for`."""
    renderers: dict[type[Exception], ProblemFor] = dict.fromkeys((TransientFailure, Fenced), unavailable)
    renderers |= {HTTPException: _from_http, RequestValidationError: _from_validation, Problem: _itself}
    renderers |= dict.fromkeys(UNSTORABLE, _unstorable)
    renderers[ClientDisconnect] = _cut_off
    renderers[OutcomeNotKnown] = not_known
    for kind in AWAY:
        app.add_exception_handler(kind, _lost)
    for kind, build in (renderers | dict(problem_for)).items():
        app.add_exception_handler(kind, _handler(build))


def _handler(build: ProblemFor) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        problem = build(error)
        if problem.status == problems.MethodNotAllowed.status:
            problem.headers["Allow"] = allowed_methods(request)
        return render_for(request, problem)

    return handle


def _lost(request: Request, error: Exception) -> Response:
    """A statement outside a transaction may have been carried out; what only reads stores nothing."""
    return render_for(request, unavailable(error) if request.method in _ONLY_READS else not_known(error))


def _itself(error: Exception) -> Problem:
    return error if isinstance(error, Problem) else unexpected()


def _from_http(error: Exception) -> Problem:
    if not isinstance(error, HTTPException):
        return unexpected()
    kind = _BY_STATUS.get(error.status_code, Problem)
    detail = _WHAT_TO_DO.get(error.status_code, "Read the service's OpenAPI document at /openapi.json.")
    return kind(detail, headers=error.headers)


def _cut_off(_: Exception) -> Problem:
    return problems.MalformedContent("The connection ended before the content did; send it again.")


def _unstorable(_: Exception) -> Problem:
    return problems.MalformedContent("Take the character NUL out of the address and the content, and send it again.")


def _from_validation(error: Exception) -> Problem:
    return invalid_fields(error.errors()) if isinstance(error, RequestValidationError) else unexpected()
