"""Bearer tokens: signed JWTs of one issuer for one audience (RFC 6750, RFC 9068), and nothing else.

The algorithms are fixed here, never read from the token; `alg: none`, a shared-secret algorithm, another type of
token, or another audience's token is refused before its claims are looked at. An ID token says `JWT` or nothing, so
only `at+jwt` is taken (RFC 9068, 4): an issuer that writes its access tokens otherwise must be set to it. What lasts
for longer than LONGEST_LIFE is refused too, since nobody can take it back.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from fastapi import Request
from joserfc import jws
from joserfc.errors import JoseError

from chassis.clock import Clock
from chassis.errors import PermanentFailure, TransientFailure
from chassis.http.problems import NotAuthenticated
from chassis.http.readiness import NotReady
from chassis.http.refusals import name_caller
from chassis.security.claims import check_claims, check_life, expiry, text, texts, words
from chassis.security.issuer import Keys
from chassis.security.keys import PublicKeys
from chassis.security.principal import Principal

TOKEN_TYPES = frozenset({"at+jwt", "application/at+jwt"})
LONGEST_LIFE = timedelta(minutes=20)

_OF_AN_ID_TOKEN = frozenset({"nonce", "at_hash", "c_hash"})
_LONGEST_TOKEN = 8_192
_REMEMBERED_FOR = timedelta(seconds=60)
_MOST_REMEMBERED = 2_048

PrincipalOf = Callable[[Request], Awaitable[Principal]]


class TokenRefused(NotAuthenticated):
    """The access token is missing, expired, not signed by our issuer, or meant for somebody else."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"{why} Get an access token for this service from its issuer and send it as a bearer token.",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        )


class Bearer:
    """Checks access tokens. A checked one is remembered by its hash for at most a minute, never past its expiry."""

    def __init__(self, *, issuer: str, audience: str, keys: Keys, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock
        self._remembered: OrderedDict[bytes, tuple[Principal, datetime]] = OrderedDict()
        self._issuer, self._audience = issuer, audience

    async def ready(self) -> str:
        """A check of readiness: there are keys to check tokens with."""
        try:
            keys = await self._keys.key_set(key_id=None)
        except (TransientFailure, PermanentFailure) as error:
            raise NotReady(str(error)) from error
        return f"{len(keys.usable)} keys to use, {sum(keys.skipped.values())} left out"

    async def principal(self, request: Request) -> Principal:
        """FastAPI dependency: who sent this request. Raises TokenRefused (401)."""
        principal = await self.verify(_token_of(request))
        name_caller(request.scope, principal.client_id)
        return principal

    def require_scope(self, scope: str) -> PrincipalOf:
        """FastAPI dependency: the caller, whose token must carry `scope`."""

        async def allowed(request: Request) -> Principal:
            principal = await self.principal(request)
            principal.demand_scope(scope)
            return principal

        return allowed

    def require_role(self, *roles: str) -> PrincipalOf:
        """FastAPI dependency: the caller, who must have one of `roles`."""

        async def allowed(request: Request) -> Principal:
            principal = await self.principal(request)
            principal.demand_role(*roles)
            return principal

        return allowed

    async def verify(self, token: str) -> Principal:
        """The principal of a token. Raises TokenRefused, or IssuerAway when the keys have never been read."""
        fingerprint = hashlib.sha256(token.encode()).digest()
        known = self._remembered.get(fingerprint)
        if known is not None and self._clock.now() < known[1]:
            return known[0]
        claims = self._checked(token, await self._keys.key_set(key_id=_key_id(token)))
        principal = _principal(claims)
        self._remember(fingerprint, principal, expires=expiry(claims))
        return principal

    def _checked(self, token: str, keys: PublicKeys) -> dict[str, Any]:
        try:
            decoded = keys.verified(token)
            check_claims(decoded.claims, issuer=self._issuer, audience=self._audience, now=self._clock.now())
            check_life(decoded.claims, longest=LONGEST_LIFE, now=self._clock.now())
        except (JoseError, ValueError) as error:
            raise TokenRefused("The access token was refused.") from error
        if str(decoded.header.get("typ", "")).lower() not in TOKEN_TYPES or _OF_AN_ID_TOKEN & decoded.claims.keys():
            raise TokenRefused("This is not an access token.")
        return decoded.claims

    def _remember(self, fingerprint: bytes, principal: Principal, *, expires: datetime) -> None:
        self._remembered[fingerprint] = principal, min(expires, self._clock.now() + _REMEMBERED_FOR)
        self._remembered.move_to_end(fingerprint)
        if len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.popitem(last=False)


def has_bearer(request: Request) -> bool:
    """Does the request carry an Authorization header at all?"""
    return "authorization" in request.headers


def _token_of(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token or len(token) > _LONGEST_TOKEN or not token.isascii():
        raise TokenRefused("There is no bearer token here.")
    return token


def _key_id(token: str) -> str | None:
    try:
        found = jws.extract_compact(token.encode()).headers().get("kid")
    except (JoseError, ValueError) as error:
        raise TokenRefused("The access token cannot be read.") from error
    return found if isinstance(found, str) else None


def _principal(claims: dict[str, Any]) -> Principal:
    return Principal(
        subject=claims["sub"],
        client_id=text(claims.get("client_id")),
        roles=texts(claims.get("roles")),
        scopes=words(claims.get("scope")),
    )
