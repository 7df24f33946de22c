"""Our side of OpenID Connect: where to send a person, and what the code they come back with is worth.

Authorization code flow with PKCE S256 (RFC 7636) and a nonce; the ID token is checked with the issuer's own keys.
"""

import base64
import hashlib
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

import httpx2
from joserfc import jws
from joserfc.errors import JoseError
from pydantic import BaseModel, BeforeValidator, ConfigDict, SecretStr, ValidationError

from chassis.clock import Clock
from chassis.http.problems import NotAuthenticated
from chassis.security.claims import check_claims, text, texts
from chassis.security.client_key import ClientKey
from chassis.security.issuer import Issuer
from chassis.security.token_endpoint import TokenEndpoint

LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"

# OpenID Connect wants these in the address, whatever the signed request says.
_BESIDE_THE_SIGNED = ("response_type", "client_id", "scope")


class SignInFailed(NotAuthenticated):
    """The sign-in was not completed: it took too long, was started elsewhere, or the issuer refused it."""

    title = "The sign-in was not completed"

    def __init__(self) -> None:
        super().__init__("Start again at /signin.")


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one sign-in must be completed with; kept in the browser that began it."""

    state: str
    nonce: str
    verifier: str
    return_to: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed in: an opaque subject, the roles that the issuer vouches for, and its token, to sign out with.

    `access` is what the issuer gives to act for them, where the service does so.
    """

    subject: str
    roles: frozenset[str]
    hint: str
    access: SecretStr


class _Tokens(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    id_token: SecretStr
    access_token: Annotated[SecretStr, BeforeValidator(text)] = SecretStr("")


class OidcClient:
    """One client at one issuer. `redirect_uri` is our callback, as registered there."""

    def __init__(
        self,
        issuer: Issuer,
        *,
        client_id: str,
        secret: SecretStr,
        redirect_uri: str,
        http: httpx2.AsyncClient,
        clock: Clock,
        key: ClientKey | None = None,
        levels: str = "",
    ) -> None:
        self._key = key
        self._levels = levels
        self._issuer = issuer
        self._client_id = client_id
        self._tokens = TokenEndpoint(issuer, client_id=client_id, secret=secret, http=http, key=key)
        self._redirect_uri = redirect_uri
        self._clock = clock

    def attempt(self, *, return_to: str) -> Attempt:
        """A new attempt: each value fresh and unguessable."""
        return Attempt(self._clock.token(32), self._clock.token(32), self._clock.token(48), return_to)

    def now(self) -> int:
        """Real time in seconds, for how long an attempt lasts."""
        return int(self._clock.now().timestamp())

    async def address(self, attempt: Attempt) -> str:
        """Where the person signs in, anew whatever session the issuer has of this browser. Raises IssuerAway."""
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": self._redirect_uri,
            "scope": "openid",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": challenge_of(attempt.verifier),
            "code_challenge_method": "S256",
            "prompt": "login",
        }
        asked |= {"vtr": self._levels} if self._levels else {}
        if self._key is not None:
            signed = self._key.request_object(asked, issuer=self._issuer.address)
            asked = {name: asked[name] for name in _BESIDE_THE_SIGNED} | {"request": signed}
        return f"{(await self._issuer.discovery()).authorization_endpoint}?{urlencode(asked)}"

    @property
    def origin(self) -> str:
        """The issuer's origin, where our form for signing out leads."""
        parts = urlsplit(self._issuer.address)
        return f"{parts.scheme}://{parts.netloc}"

    async def goodbye(self, hint: str, *, back: str) -> str | None:
        """Where the issuer's own session ends (RP-Initiated Logout 1.0); None where it offers no such place."""
        endpoint = (await self._issuer.discovery()).end_session_endpoint
        asked = {"client_id": self._client_id, "post_logout_redirect_uri": back}
        asked |= {"id_token_hint": hint} if hint else {}
        return f"{endpoint}?{urlencode(asked)}" if endpoint else None

    async def ended(self, token: str) -> str:
        """Whose sessions the issuer says to end (Back-Channel Logout 1.0). Raises SignInFailed, IssuerAway."""
        claims = await self._checked(token)
        events = claims.get("events")
        if not isinstance(events, dict) or LOGOUT_EVENT not in events or "nonce" in claims:
            raise SignInFailed
        return str(claims["sub"])

    async def redeem(self, code: str, attempt: Attempt) -> Person:
        """Who signed in. Raises SignInFailed, IssuerAway."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": attempt.verifier,
        }
        return await self._person((await self._tokens.asked(form)).content, nonce=attempt.nonce)

    async def _person(self, answer: bytes, *, nonce: str) -> Person:
        try:
            granted = _Tokens.model_validate_json(answer)
        except ValidationError as error:
            raise SignInFailed from error
        token = granted.id_token.get_secret_value()
        claims = await self._checked(token)
        if claims.get("azp", self._client_id) != self._client_id or claims.get("nonce") != nonce:
            raise SignInFailed
        return Person(claims["sub"], texts(claims.get("roles")), token, granted.access_token)

    async def _checked(self, token: str) -> dict[str, Any]:
        try:
            key_id = jws.extract_compact(token.encode()).headers().get("kid")
            keys = await self._issuer.key_set(key_id=key_id if isinstance(key_id, str) else None)
            claims = keys.verified(token).claims
            check_claims(claims, issuer=self._issuer.address, audience=self._client_id, now=self._clock.now())
        except (JoseError, ValueError) as error:
            raise SignInFailed from error
        return claims


def challenge_of(verifier: str) -> str:
    """The S256 code challenge of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
