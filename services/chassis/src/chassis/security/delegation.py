"""Access tokens to act elsewhere for a person signed in here (OAuth 2.0 token exchange, RFC 8693).

The access token of a sign-in is of use to nobody but this client at its issuer: there it becomes a short one for one
other service, which names the person as its subject and this client as who acts.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Final, Protocol

import httpx2
from pydantic import BaseModel, BeforeValidator, ConfigDict, SecretStr, ValidationError

from chassis.clock import Clock
from chassis.errors import PermanentFailure
from chassis.http.problems import NotAuthenticated
from chassis.security.claims import text
from chassis.security.granted import granted_in
from chassis.security.issuer import IssuerAway
from chassis.security.sessions import Sessions
from chassis.security.token_endpoint import TokenEndpoint

GRANT: Final = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_KIND: Final = "urn:ietf:params:oauth:token-type:access_token"

_OURS = frozenset(
    {"invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_target", "invalid_scope"}
)
"""Errors (RFC 6749, 5.2; RFC 8693, 2.2.2) that no other sign-in would cure."""

_KNOWN_FOR = timedelta(hours=8)
"""As long as a session lasts: for so long it is known that a token was granted."""
_Key = tuple[bytes, str]


class SignInSpent(NotAuthenticated):
    """The sign-in of this session opens nothing elsewhere any more; signing in again does."""

    title = "Sign in again"

    def __init__(self) -> None:
        super().__init__("Sign in again at /signin.")


class DelegationRefused(PermanentFailure):
    """The issuer does not let this client act there: correct its settings, or the client's at the issuer."""


class ActsFor(Protocol):
    """Where a service gets tokens to act for its people."""

    async def token_for(self, session_id: str, audience: str) -> str:
        """A token of the person of this session for one audience. Raises SignInSpent, IssuerAway, DelegationRefused."""

    def forget(self, session_id: str, audience: str) -> None:
        """The token given for these was refused there: ask for another one the next time."""


@dataclass(frozen=True, slots=True)
class _Held:
    token: SecretStr
    until: datetime


class _Refused(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    error: Annotated[str, BeforeValidator(text)]


class Delegation:
    """Exchanges what the sessions keep. A token is remembered until shortly before it ends; many callers share one.

    Where one is refused to whom one was granted before, all their sessions end: the issuer took a role from them.
    """

    def __init__(self, sessions: Sessions, tokens: TokenEndpoint, *, clock: Clock) -> None:
        self._sessions = sessions
        self._tokens = tokens
        self._clock = clock
        self._held: dict[_Key, _Held] = {}
        self._asking: dict[_Key, asyncio.Task[_Held]] = {}

    async def token_for(self, session_id: str, audience: str) -> str:
        """A token of the person of this session for `audience`; the session must last still, whatever is remembered."""
        subject_token = await self._sessions.access(session_id)
        if not subject_token:
            raise SignInSpent
        key = _key(session_id, audience)
        held = self._held.get(key)
        if held is None or self._clock.now() >= held.until:
            held = await self._asked_anew(key, session_id, _form(subject_token, audience))
        return held.token.get_secret_value()

    def forget(self, session_id: str, audience: str) -> None:
        """Ask anew the next time."""
        if held := self._held.get(_key(session_id, audience)):
            self._held[_key(session_id, audience)] = replace(held, until=self._clock.now())

    async def _asked_anew(self, key: _Key, session_id: str, form: Mapping[str, str]) -> _Held:
        try:
            return await self._shared(key, form)
        except SignInSpent:
            # It was granted before: they are not any more what they were, here as little as there.
            if self._held.pop(key, None) and (person := await self._sessions.glance(session_id)):
                await self._sessions.end_all_of(person.subject)
            raise

    async def _shared(self, key: _Key, form: Mapping[str, str]) -> _Held:
        if key not in self._asking:
            self._asking[key] = asyncio.create_task(self._exchanged(key, form))
            self._asking[key].add_done_callback(_seen)
        return await asyncio.shield(self._asking[key])

    async def _exchanged(self, key: _Key, form: Mapping[str, str]) -> _Held:
        try:
            held = await self._asked(form)
        finally:
            del self._asking[key]
        now = self._clock.now()
        self._held = {other: kept for other, kept in self._held.items() if now < kept.until + _KNOWN_FOR} | {key: held}
        return held

    async def _asked(self, form: Mapping[str, str]) -> _Held:
        asked_at = self._clock.now()
        answer = await self._tokens.asked(form)
        if answer.status_code != httpx2.codes.OK:
            raise _refusal(answer)
        granted = granted_in(answer.content)
        return _Held(granted.access_token, granted.until(asked_at))


class FixedDelegation:
    """A fake: the audience is the token, unless there is a `failure` to raise."""

    def __init__(self) -> None:
        self.failure: Exception | None = None
        self.forgotten: list[tuple[str, str]] = []

    async def token_for(self, session_id: str, audience: str) -> str:
        """Always the same, for any session."""
        if self.failure is not None:
            raise self.failure
        if not session_id:
            raise SignInSpent
        return audience

    def forget(self, session_id: str, audience: str) -> None:
        """Remember that it was asked."""
        self.forgotten.append((session_id, audience))


def _form(subject_token: str, audience: str) -> dict[str, str]:
    return {
        "grant_type": GRANT,
        "subject_token": subject_token,
        "subject_token_type": ACCESS_KIND,
        "requested_token_type": ACCESS_KIND,
        "audience": audience,
    }


def _refusal(answer: httpx2.Response) -> Exception:
    try:
        error = _Refused.model_validate_json(answer.content).error
    except ValidationError:
        error = ""
    if not error:
        return IssuerAway(f"the token endpoint answered {answer.status_code}, and does not say why")
    if error in _OURS:
        return DelegationRefused(f"the issuer refuses to let this client act elsewhere ({error})")
    return SignInSpent()


def _key(session_id: str, audience: str) -> _Key:
    return sha256(session_id.encode()).digest(), audience


def _seen(exchange: "asyncio.Task[_Held]") -> None:
    """Nobody may be left who waits for a failure."""
    if not exchange.cancelled():
        exchange.exception()
