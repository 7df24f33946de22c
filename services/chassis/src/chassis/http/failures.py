"""The last catch: what nobody foresaw becomes a 500 that says nothing of the request."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.http.metrics import route_template
from chassis.http.rendering import render_for, unexpected
from chassis.logging import get_logger

_log = get_logger(__name__)


class UnexpectedFailures:
    """Logs the kind and place of a failure, and answers 500 where nothing was sent yet.

    It stands inside the framework's own catch, which would hand the failure's words, possibly personal, to the server.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception:
            _log.exception("A request failed unexpectedly", method=scope["method"], route=route_template(scope))
            if started:
                raise
            await render_for(Request(scope), unexpected())(scope, receive, send)
