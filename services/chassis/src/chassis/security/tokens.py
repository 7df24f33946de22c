"""Access tokens for our own calls to other services (OAuth 2.0 client credentials, RFC 6749 section 4.4)."""

import asyncio
from datetime import datetime
from typing import Protocol

import httpx2
from pydantic import SecretStr

from chassis.clock import Clock
from chassis.errors import PermanentFailure, TransientFailure
from chassis.security.granted import granted_in
from chassis.security.issuer import Issuer, IssuerAway
from chassis.security.token_endpoint import TokenEndpoint


class TokenNotGranted(PermanentFailure):
    """The issuer refuses us a token: correct the client's id, secret, audience or scopes."""


class TokenDelayed(TransientFailure):
    """The issuer does not answer for now, and there is no valid token left."""


class AccessTokens(Protocol):
    """Where a service gets tokens for the calls it makes."""

    async def token(self) -> str:
        """A token valid for a while yet. Raises TokenDelayed, TokenNotGranted."""


class FixedToken:
    """A fake: always the same token."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def token(self) -> str:
        return self._token


class ClientCredentials:
    """Asks for a token when there is none or it is about to expire; many callers share one request."""

    def __init__(
        self,
        issuer: Issuer,
        *,
        client_id: str,
        secret: SecretStr,
        audience: str,
        http: httpx2.AsyncClient,
        clock: Clock,
        scope: str = "",
    ) -> None:
        self._tokens = TokenEndpoint(issuer, client_id=client_id, secret=secret, http=http)
        self._form = {"grant_type": "client_credentials", "audience": audience} | ({"scope": scope} if scope else {})
        self._clock = clock
        self._asking = asyncio.Lock()
        self._held: tuple[str, datetime] | None = None

    async def token(self) -> str:
        """A token that is valid for half a minute at least, where the issuer grants so long."""
        async with self._asking:
            if self._held is None or self._clock.now() >= self._held[1]:
                self._held = await self._ask()
            return self._held[0]

    async def _ask(self) -> tuple[str, datetime]:
        asked_at = self._clock.now()
        try:
            answer = await self._tokens.asked(self._form)
            if answer.status_code != httpx2.codes.OK:
                raise TokenNotGranted(f"the token endpoint answered {answer.status_code}; check the client's settings")
            granted = granted_in(answer.content)
        except IssuerAway as away:
            raise TokenDelayed(str(away)) from away
        return granted.access_token.get_secret_value(), granted.until(asked_at)
