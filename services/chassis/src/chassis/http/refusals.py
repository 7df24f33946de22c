"""Who is turned away: one log line for each refusal, with client, route and kind, and nothing of the content."""

from starlette.types import Scope

from chassis.http.metrics import route_template
from chassis.http.problems import Problem
from chassis.logging import get_logger

_CALLER = "throughline.caller"
_log = get_logger(__name__)


def name_caller(scope: Scope, client_id: str) -> None:
    """Remember whose token came with this request, for the line of a refusal."""
    scope[_CALLER] = client_id


def note_refusal(scope: Scope, problem: Problem) -> None:
    """Write the line, where the problem is a refusal; failures of ours have their own."""
    if not 400 <= problem.status < 500:
        return
    _log.info(
        "A request was refused",
        client_id=scope.get(_CALLER, "-"),
        method=scope.get("method", "-"),
        route=route_template(scope),
        status=problem.status,
        kind=problem.slug(),
    )
