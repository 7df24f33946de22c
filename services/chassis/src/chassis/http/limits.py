"""What is refused before it costs anything: large bodies while they arrive, deep JSON before it is parsed."""

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.crowd import turned_away_when_crowded
from chassis.http.problems import ContentTooLarge, MalformedContent
from chassis.http.rendering import render_for

_NOISE = bytes(sorted(set(range(256)) - set(b'[]{}"')))
_ONE_KIND = bytes.maketrans(b"{}", b"[]")
# The closing quote is optional so that an unterminated string is consumed once, not once per quote in it.
_STRING = re.compile(rb'"[^"]*+"?')


def refuse_deep_json(body: bytes, *, deepest: int) -> None:
    """Raise MalformedContent when JSON nests deeper than `deepest` or its brackets do not close.

    Peels the innermost pairs off a skeleton of brackets, one level a pass, so the cost is that of a few scans in C.
    Brackets of two kinds that close each other pass here: the parser refuses them.
    """
    if not _closes_within(_skeleton(body), deepest):
        raise MalformedContent(f"Send JSON whose brackets close and that nests at most {deepest} levels deep.")


def _skeleton(body: bytes) -> bytes:
    """The brackets outside strings. Where each has an even number of quotes before it, no string holds one."""
    if b"\\" in body:
        body = body.replace(rb"\\", b"").replace(rb"\"", b"")
    skeleton = body.translate(_ONE_KIND, _NOISE).replace(b'""', b"")
    return _STRING.sub(b"", skeleton) if b'"' in skeleton else skeleton


def _closes_within(skeleton: bytes, levels: int) -> bool:
    for _ in range(levels):
        if not skeleton:
            return True
        skeleton = skeleton.replace(b"[]", b"")
    return not skeleton


class CrowdLimit:
    """Lets a request be refused, with 503 and Retry-After, where more wait for the database than it can serve."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with turned_away_when_crowded():
            await self._app(scope, receive, send)


class BodyLimit:
    """Answers 413 as soon as a body is known to be too large: by its declared length, or while it arrives.

    `most_bytes` is the limit; `larger` has the limits of addresses that begin so and may be sent more.
    """

    def __init__(self, app: ASGIApp, *, most_bytes: int, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._most = most_bytes
        self._larger = dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared, most = _declared_length(scope), self._limit(scope["path"])
        if declared is not None and declared > most:
            await render_for(Request(scope), _too_large(most))(scope, receive, send)
            return
        if declared is None:
            await self._counted(scope, receive, send, most)
            return
        await self._app(scope, receive, send)

    def _limit(self, path: str) -> int:
        return next((most for prefix, most in self._larger.items() if path.startswith(prefix)), self._most)

    async def _counted(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        seen, over = 0, False

        async def counting() -> Message:
            nonlocal seen, over
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                over = True
                raise _too_large(most)
            return message

        async def unless_over(message: Message) -> None:
            if not over:
                await send(message)

        try:
            await self._app(scope, counting, unless_over)
        except ContentTooLarge:
            over = True
        if over:
            await render_for(Request(scope), _too_large(most))(scope, receive, send)


def _too_large(most: int) -> ContentTooLarge:
    return ContentTooLarge(f"Send at most {most} bytes in one request; split a batch into smaller ones.")


def _declared_length(scope: Scope) -> int | None:
    """Content-Length, which the server enforces; 0 where the request has no body, None for a chunked one."""
    length: int | None = 0
    for name, value in scope["headers"]:
        if name == b"transfer-encoding":
            return None
        if name == b"content-length" and value.isdigit():
            length = int(value)
    return length
