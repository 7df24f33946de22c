"""What an issuer says about itself (OpenID Connect Discovery 1.0) and its public keys (RFC 7517).

Both are kept and trusted from the last copy while the issuer is away; an unknown key id asks again, not too often. Keys
that are not fresh any more serve a while longer, and are asked for beside the requests that they serve.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Protocol

import httpx2
from prometheus_client import CollectorRegistry, Gauge
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from chassis.clock import Clock
from chassis.errors import PermanentFailure, ThroughlineError, TransientFailure
from chassis.http.readiness import NotReady
from chassis.logging import get_logger
from chassis.security.claims import text
from chassis.security.keys import KeysUnreadable, PublicKeys, public_keys

_FRESH_FOR = timedelta(minutes=10)
_SERVES_FOR = timedelta(minutes=20)
_ASK_AGAIN_AFTER = timedelta(seconds=10)
_AWAY_FOR = timedelta(seconds=1)
_LONGEST_ANSWER = 256_000
_log = get_logger(__name__)


class IssuerAway(TransientFailure):
    """The issuer does not answer and there is no copy of what is needed; try again later."""


class IssuerMismatch(PermanentFailure):
    """What answers at the issuer's address names another issuer; correct the setting."""


# A member that we can do without, in a form that we do not read, is as good as not there.
Optionally = Annotated[str, BeforeValidator(text)]


class Discovery(BaseModel):
    """The members of the discovery document that we use."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: str
    jwks_uri: str
    token_endpoint: Optionally = ""
    authorization_endpoint: Optionally = ""
    end_session_endpoint: Optionally = ""


class Keys(Protocol):
    """Where a token's key is looked up."""

    async def key_set(self, *, key_id: str | None) -> PublicKeys:
        """The issuer's public keys, asked for again where `key_id` is unknown. Raises IssuerAway."""


@dataclass(slots=True)
class _Copy:
    keys: PublicKeys
    asked_at: datetime


class Issuer:
    """One issuer, reached over HTTP. Its address comes from settings, never from a token.

    `inside` is where services reach it when that is not where people's browsers do, as between containers.
    """

    def __init__(
        self,
        address: str,
        *,
        http: httpx2.AsyncClient,
        clock: Clock,
        inside: str | None = None,
        registry: CollectorRegistry | None = None,
    ) -> None:
        self.address = address.rstrip("/")
        self._inside = (inside or address).rstrip("/")
        self._http = http
        self._clock = clock
        self._asking = asyncio.Lock()
        self._discovery: Discovery | None = None
        self._copy: _Copy | None = None
        self._beside: asyncio.Task[None] | None = None
        self._away: tuple[IssuerAway, datetime] | None = None
        self._count = Gauge(
            "issuer_keys", "Keys that the issuer publishes, by use to us", ["state"], registry=registry or _unread()
        )

    async def discovery(self) -> Discovery:
        """The discovery document, asked for once. Raises IssuerAway, IssuerMismatch."""
        if self._discovery is None:
            found = _discovery(await self._get(f"{self._inside}/.well-known/openid-configuration"))
            if found.issuer.rstrip("/") != self.address:
                raise IssuerMismatch("the discovery document names another issuer than the setting")
            reached = {"jwks_uri": self._reached(found.jwks_uri), "token_endpoint": self._reached(found.token_endpoint)}
            self._discovery = found.model_copy(update=reached)
        return self._discovery

    async def key_set(self, *, key_id: str | None) -> PublicKeys:
        """The public keys; the last copy serves while the issuer is away, and nobody queues for one who is."""
        copy = self._copy
        if copy is not None and (not self._worth_asking(key_id) or self._someone_asks_and(copy, key_id)):
            if self._clock.now() - copy.asked_at > _FRESH_FOR:
                self._ask_beside()
            return copy.keys
        async with self._asking:
            if self._worth_asking(key_id):
                await self._ask()
        if self._copy is None:
            raise IssuerAway("the issuer's keys have never been read; try again when it answers")
        return self._copy.keys

    async def answers(self) -> str:
        """A check of progress: raises NotReady while it is away, whether or not its keys are known from before."""
        if self._copy is not None and self._away is not None:
            async with self._asking:
                if self._clock.now() - self._away[1] > _ASK_AGAIN_AFTER:
                    await self._ask()
        try:
            keys = await self.key_set(key_id=None)
        except (IssuerAway, IssuerMismatch) as error:
            raise NotReady(str(error)) from error
        if self._away is not None:
            raise NotReady(f"{self._away[0]}; the keys from before are used")
        return f"answers, with {len(keys.usable)} keys to use"

    def _someone_asks_and(self, copy: _Copy, key_id: str | None) -> bool:
        return self._asking.locked() and (key_id is None or copy.keys.knows(key_id))

    def _reached(self, endpoint: str) -> str:
        ours = endpoint.startswith(f"{self.address}/")
        return self._inside + endpoint.removeprefix(self.address) if ours else endpoint

    def _worth_asking(self, key_id: str | None) -> bool:
        copy, now = self._copy, self._clock.now()
        if copy is None:
            if self._away is not None and now - self._away[1] < _AWAY_FOR:
                raise self._away[0]
            return True
        unknown = key_id is not None and not copy.keys.knows(key_id)
        return now - copy.asked_at > (_ASK_AGAIN_AFTER if unknown else _SERVES_FOR)

    def _ask_beside(self) -> None:
        if self._beside is None and not self._asking.locked():
            self._beside = asyncio.create_task(self._refresh())

    async def _refresh(self) -> None:
        try:
            async with self._asking:
                await self._ask()
        except ThroughlineError as error:
            _log.warning("The issuer's keys could not be refreshed", kind=type(error).__name__)
        finally:
            self._beside = None

    async def _ask(self) -> None:
        try:
            keys = _keys(await self._get((await self.discovery()).jwks_uri))
        except IssuerAway as away:
            self._away = away, self._clock.now()
            if self._copy is None:
                raise
            self._copy.asked_at = self._clock.now()
            return
        self._copy, self._away = _Copy(keys, self._clock.now()), None
        self._report(keys)

    def _report(self, keys: PublicKeys) -> None:
        self._count.labels("usable").set(len(keys.usable))
        self._count.labels("skipped").set(sum(keys.skipped.values()))
        for kind, count in keys.skipped.items():
            _log.info("Keys of the issuer are of no use here and were left out", kind=kind, count=count)

    async def _get(self, address: str) -> bytes:
        try:
            answer = await self._http.get(address, follow_redirects=False)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise IssuerAway(f"the issuer does not answer ({type(error).__name__})") from error
        if answer.status_code != httpx2.codes.OK or len(answer.content) > _LONGEST_ANSWER:
            raise IssuerAway(f"the issuer answered {answer.status_code}")
        return answer.content


def _discovery(document: bytes) -> Discovery:
    try:
        return Discovery.model_validate_json(document)
    except ValidationError as error:
        raise IssuerAway("the issuer's discovery document cannot be read") from error


def _keys(document: bytes) -> PublicKeys:
    try:
        keys = public_keys(document)
    except KeysUnreadable as error:
        raise IssuerAway(f"the issuer's keys cannot be read: {error}") from error
    if not keys.usable:
        raise IssuerAway("the issuer publishes no key that we can use")
    return keys


def _unread() -> CollectorRegistry:
    return CollectorRegistry()
