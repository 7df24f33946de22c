"""Asking other services over HTTP, by tokens that name the officer."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import httpx2
from chassis.errors import PermanentFailure, TransientFailure
from chassis.logging import get_logger
from chassis.security.delegation import ActsFor, SignInSpent

from witness_care.elsewhere.peer import NotThere, Outcome, Peer, Refused, Said, SignInAgain, Unreachable

SECONDS: Final = 2.5
"""For a page that somebody waits for, token and all."""

_Codes = httpx2.codes
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class HttpPeers:
    """`urls` are the services' base addresses."""

    http: httpx2.AsyncClient
    delegation: ActsFor
    urls: Mapping[Peer, str]
    seconds: float = SECONDS

    async def get(self, session_id: str, peer: Peer, path: str) -> Outcome:
        """What stands there."""
        return await self._asked(session_id, peer, self._request(peer, "GET", path))

    async def post(self, session_id: str, peer: Peer, path: str, body: object) -> Outcome:
        """What came of it."""
        return await self._asked(session_id, peer, self._request(peer, "POST", path, body))

    def _request(self, peer: Peer, method: str, path: str, body: object = None) -> httpx2.Request:
        if not path.startswith("/"):
            raise ValueError("a path of a peer begins with a slash")
        address = f"{self.urls[peer].rstrip('/')}{path}"
        headers = {"Accept": "application/json"}
        return self.http.build_request(method, address, json=body, headers=headers)

    async def _asked(self, session_id: str, peer: Peer, request: httpx2.Request) -> Outcome:
        try:
            async with asyncio.timeout(self.seconds):
                return _outcome(await self._answered(session_id, _audience(peer), request), peer)
        except SignInSpent:
            return SignInAgain()
        except PermanentFailure as error:
            _log.error("The desk may not ask a service for its officers", source=peer.value, error=str(error))
        except (TransientFailure, httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            _log.warning("A service does not answer the desk", source=peer.value, kind=type(error).__name__)
        return Unreachable()

    async def _answered(self, session_id: str, audience: str, request: httpx2.Request) -> httpx2.Response:
        answer = await self._sent(session_id, audience, request)
        if answer.status_code == _Codes.UNAUTHORIZED:
            # Nothing was done, whatever was asked; the issuer may have another key since.
            self.delegation.forget(session_id, audience)
            answer = await self._sent(session_id, audience, request)
        return answer

    async def _sent(self, session_id: str, audience: str, request: httpx2.Request) -> httpx2.Response:
        request.headers["Authorization"] = f"Bearer {await self.delegation.token_for(session_id, audience)}"
        return await self.http.send(request, follow_redirects=False)


def _audience(peer: Peer) -> str:
    return f"throughline-{peer.value}"


def _outcome(answer: httpx2.Response, peer: Peer) -> Outcome:
    if answer.is_success:
        return _said(answer, peer)
    if answer.status_code in (_Codes.NOT_FOUND, _Codes.GONE):
        return NotThere()
    passing = answer.status_code in (_Codes.UNAUTHORIZED, _Codes.REQUEST_TIMEOUT, _Codes.TOO_MANY_REQUESTS)
    if not answer.is_client_error or passing:
        _log.warning("A service does not answer the desk", source=peer.value, status=answer.status_code)
        return Unreachable()
    return Refused(answer.status_code, _detail(answer))


def _said(answer: httpx2.Response, peer: Peer) -> Outcome:
    try:
        return Said(answer.json() if answer.content else None)
    except ValueError:
        _log.warning("What a service answers the desk cannot be read", source=peer.value)
        return Unreachable()


def _detail(answer: httpx2.Response) -> str:
    try:
        problem = answer.json()
    except ValueError:
        return ""
    detail = problem.get("detail") if isinstance(problem, dict) else None
    return detail if isinstance(detail, str) else ""
