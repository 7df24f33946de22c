"""What an issuer says about itself (OpenID Connect Discovery 1.0) and its public keys (RFC 7517).

Both are kept and trusted from the last copy while the issuer is away; an unknown key id asks again, not too often.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ConfigDict

from chassis.clock import Clock
from chassis.errors import PermanentFailure, TransientFailure

_FRESH_FOR = timedelta(minutes=10)
_ASK_AGAIN_AFTER = timedelta(seconds=10)
_LONGEST_ANSWER = 256_000


class IssuerAway(TransientFailure):
    """The issuer does not answer and there is no copy of what is needed; try again later."""


class IssuerMismatch(PermanentFailure):
    """What answers at the issuer's address names another issuer; correct the setting."""


class Discovery(BaseModel):
    """The members of the discovery document that we use."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: str
    jwks_uri: str
    token_endpoint: str
    authorization_endpoint: str = ""


class Keys(Protocol):
    """Where a token's key is looked up."""

    async def key_set(self, *, key_id: str | None) -> KeySet:
        """The issuer's public keys, asked for again where `key_id` is unknown. Raises IssuerAway."""


@dataclass(slots=True)
class _Copy:
    keys: KeySet
    key_ids: frozenset[str]
    asked_at: datetime


class Issuer:
    """One issuer, reached over HTTP. Its address comes from settings, never from a token.

    `inside` is where services reach it when that is not where people's browsers do, as between containers.
    """

    def __init__(self, address: str, *, http: httpx2.AsyncClient, clock: Clock, inside: str | None = None) -> None:
        self.address = address.rstrip("/")
        self._inside = (inside or address).rstrip("/")
        self._http = http
        self._clock = clock
        self._asking = asyncio.Lock()
        self._discovery: Discovery | None = None
        self._copy: _Copy | None = None

    async def discovery(self) -> Discovery:
        """The discovery document, asked for once. Raises IssuerAway, IssuerMismatch."""
        if self._discovery is None:
            answer = await self._get(f"{self._inside}/.well-known/openid-configuration")
            found = Discovery.model_validate_json(answer)
            if found.issuer.rstrip("/") != self.address:
                raise IssuerMismatch("the discovery document names another issuer than the setting")
            reached = {"jwks_uri": self._reached(found.jwks_uri), "token_endpoint": self._reached(found.token_endpoint)}
            self._discovery = found.model_copy(update=reached)
        return self._discovery

    async def key_set(self, *, key_id: str | None) -> KeySet:
        """The public keys; the last copy serves while the issuer is away."""
        if not self._worth_asking(key_id) and self._copy is not None:
            return self._copy.keys
        async with self._asking:
            if self._worth_asking(key_id):
                await self._ask()
        if self._copy is None:
            raise IssuerAway("the issuer's keys have never been read; try again when it answers")
        return self._copy.keys

    def _reached(self, endpoint: str) -> str:
        ours = endpoint.startswith(f"{self.address}/")
        return self._inside + endpoint.removeprefix(self.address) if ours else endpoint

    def _worth_asking(self, key_id: str | None) -> bool:
        copy = self._copy
        if copy is None:
            return True
        age = self._clock.now() - copy.asked_at
        unknown = key_id is not None and key_id not in copy.key_ids
        return age > (_ASK_AGAIN_AFTER if unknown else _FRESH_FOR)

    async def _ask(self) -> None:
        try:
            found = await self._get((await self.discovery()).jwks_uri)
            keys = KeySet.import_key_set(httpx2.Response(200, content=found).json())
        except (IssuerAway, JoseError, ValueError):
            if self._copy is None:
                raise
            self._copy.asked_at = self._clock.now()
            return
        self._copy = _Copy(keys, frozenset(key.kid for key in keys.keys if key.kid), self._clock.now())

    async def _get(self, address: str) -> bytes:
        try:
            answer = await self._http.get(address, follow_redirects=False)
        except httpx2.TransportError as error:
            raise IssuerAway(f"the issuer does not answer ({type(error).__name__})") from error
        if answer.status_code != httpx2.codes.OK or len(answer.content) > _LONGEST_ANSWER:
            raise IssuerAway(f"the issuer answered {answer.status_code}")
        return answer.content
