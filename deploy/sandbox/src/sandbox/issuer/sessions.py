"""Who is signed in here: a persistent cookie of one hour, as One Login has, that signs a person in without asking."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.clock import Clock
from fastapi import Request, Response

COOKIE = "issuer-session"
LIFETIME = timedelta(hours=1)


@dataclass
class Session:
    """One browser's session, and the clients that its person signed in to."""

    persona: str
    until: datetime
    clients: dict[str, str] = field(default_factory=dict)
    """By client, the origin that its back channel is at."""


class Sessions:
    """In memory, as everything of the issuer is."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held: dict[str, Session] = {}

    def of(self, request: Request) -> Session | None:
        session = self._held.get(request.cookies.get(COOKIE, ""))
        return session if session is not None and self._clock.now() < session.until else None

    def begin(self, persona: str, answer: Response) -> Session:
        key = self._clock.token(32)
        self._held[key] = Session(persona, self._clock.now() + LIFETIME)
        seconds = int(LIFETIME.total_seconds())
        answer.set_cookie(COOKIE, key, max_age=seconds, path="/", httponly=True, samesite="lax")
        return self._held[key]

    def end(self, request: Request, answer: Response) -> Session | None:
        """The session that was, if there was one."""
        answer.delete_cookie(COOKIE, path="/")
        return self._held.pop(request.cookies.get(COOKIE, ""), None)
