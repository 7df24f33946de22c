"""Headers on every answer: nothing is cached, framed, indexed, or told to another site."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'"
)
_ALWAYS = [
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-robots-tag", b"noindex, nofollow"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


class SecurityHeaders:
    """Adds the headers; an answer may say its own Cache-Control (static files) or Content-Security-Policy."""

    def __init__(self, app: ASGIApp, *, https: bool, forms_lead_to: Sequence[str] = ()) -> None:
        self._app = app
        policy = " ".join((CONTENT_SECURITY_POLICY, *forms_lead_to))
        self._unless_said = [(b"cache-control", b"no-store"), (b"content-security-policy", policy.encode())]
        self._always = [*_ALWAYS, (b"strict-transport-security", b"max-age=31536000")] if https else _ALWAYS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message["headers"] = list(message.get("headers", ()))
                said = {name.lower() for name, _ in own}
                own.extend(self._always)
                own.extend(pair for pair in self._unless_said if pair[0] not in said)
            await send(message)

        await self._app(scope, receive, with_headers)
