"""An issuer in memory: its keys, and tokens that are right unless told to be wrong."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import ECKey

from chassis.clock import Clock
from chassis.open_transactions import refuse_within_transaction
from chassis.security.bearer import Bearer
from chassis.security.delegation import GRANT
from chassis.security.keys import PublicKeys, public_keys
from chassis.security.oidc import challenge_of
from chassis.testing.clock import FakeClock

ISSUER = "https://issuer.example.org"
AUDIENCE = "throughline-test"


class FakeIssuer:
    """Signs with ES256. Serves as `Keys` of a Bearer, and as the HTTP side behind an `Issuer` (`transport`).

    A test may set `reachable`, `token_status`, `token_error` (of an exchange) and `wrong_claims` (put into the ID
    tokens of people who sign in), and publish `other_keys` first. `exchanges` are the forms of exchanges asked for.
    """

    def __init__(self, *, clock: Clock | None = None, address: str = ISSUER, audience: str = AUDIENCE) -> None:
        self.address = address
        self.audience = audience
        self.clock: Clock = clock or FakeClock()
        self.reachable = True
        self.requests: list[str] = []
        self.token_status = 200
        self.token_error = ""
        self.exchanges: list[dict[str, str]] = []
        self.wrong_claims: dict[str, Any] = {}
        self.other_keys: list[object] = []
        self.publishes_own = True
        self._codes: dict[str, dict[str, str]] = {}
        self._key = _new_key("key-1")
        self._rotations = 1

    def bearer(self) -> Bearer:
        """A Bearer that trusts this issuer and its default audience."""
        return Bearer(issuer=self.address, audience=self.audience, keys=self, clock=self.clock)

    def headers(self, **claims: Any) -> dict[str, str]:
        """An Authorization header with a token of these claims."""
        return {"Authorization": f"Bearer {self.token(**claims)}"}

    def token(
        self,
        *,
        subject: str = "subject-1",
        client_id: str = "client-1",
        scope: str = "",
        roles: tuple[str, ...] = (),
        lifetime: timedelta = timedelta(minutes=10),
        header: dict[str, Any] | None = None,
        **claims: Any,
    ) -> str:
        """A signed access token; further claims and headers replace the usual, None leaves one out."""
        now = int(self.clock.now().timestamp())
        usual = {
            "iss": self.address,
            "aud": self.audience,
            "sub": subject,
            "client_id": client_id,
            "scope": scope,
            "roles": list(roles),
            "iat": now,
            "exp": now + int(lifetime.total_seconds()),
        }
        head = {"alg": "ES256", "typ": "at+jwt", "kid": self._key.kid} | (header or {})
        return jwt.encode(_without_none(head), _without_none(usual | claims), self._key)

    def id_token(self, *, client_id: str, nonce: str, subject: str = "subject-1", **claims: Any) -> str:
        """An OpenID Connect ID token for a client."""
        return self.token(subject=subject, header={"typ": "JWT"}, **({"aud": client_id, "nonce": nonce} | claims))

    def logout_token(self, *, client_id: str, subject: str, **claims: Any) -> str:
        """An OpenID Connect logout token (Back-Channel Logout 1.0, 2.4)."""
        said = {"aud": client_id, "events": {"http://schemas.openid.net/event/backchannel-logout": {}}} | claims
        return self.token(subject=subject, header={"typ": "logout+jwt"}, **said)

    def rotate(self) -> None:
        """Sign with a new key from now on; the old one is no longer published."""
        self._rotations += 1
        self._key = _new_key(f"key-{self._rotations}")

    async def key_set(self, *, key_id: str | None) -> PublicKeys:
        self.requests.append(f"key {key_id}")
        return public_keys(json.dumps(self._published()).encode())

    def transport(self) -> httpx2.MockTransport:
        """Answers discovery, keys and client credentials like an issuer; records each path asked."""
        return httpx2.MockTransport(self._answer)

    def _published(self) -> dict[str, object]:
        own = [self._key.as_dict(private=False)] if self.publishes_own else []
        return {"keys": [*self.other_keys, *own]}

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        refuse_within_transaction()
        if not self.reachable:
            raise httpx2.ConnectError("the issuer is away", request=request)
        path = request.url.path
        self.requests.append(path)
        if path == "/.well-known/openid-configuration":
            return httpx2.Response(200, json=self._discovery())
        if path == "/jwks":
            return httpx2.Response(200, json=self._published())
        if path == "/token" and request.headers.get("authorization", "").startswith("Basic "):
            return self._grant(dict(parse_qsl(request.content.decode())))
        return httpx2.Response(404)

    def sign_in(self, address: str, *, subject: str = "subject-1", roles: tuple[str, ...] = ()) -> str:
        """Sign a person in at the authorization address; the callback's query they come back with."""
        asked = dict(parse_qsl(urlsplit(address).query))
        self._codes["code-1"] = asked | {"subject": subject, "roles": " ".join(roles)}
        return urlencode({"code": "code-1", "state": asked["state"]})

    def _grant(self, form: dict[str, str]) -> httpx2.Response:
        if form.get("grant_type") == "client_credentials":
            return httpx2.Response(self.token_status, json={"access_token": self.token(), "expires_in": 600})
        if form.get("grant_type") == GRANT:
            return self._exchange(form)
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None or asked["code_challenge"] != challenge_of(form.get("code_verifier", "")):
            return httpx2.Response(400, json={"error": "invalid_grant"})
        roles = tuple(asked["roles"].split())
        claims = {"nonce": asked["nonce"], "subject": asked["subject"], "roles": roles}
        person = self.id_token(client_id=asked["client_id"], **(claims | self.wrong_claims))
        access = self.token(subject=asked["subject"], aud=self.address, roles=roles)
        return httpx2.Response(self.token_status, json={"id_token": person, "access_token": access})

    def _exchange(self, form: dict[str, str]) -> httpx2.Response:
        self.exchanges.append(form)
        if self.token_error:
            return httpx2.Response(max(self.token_status, 400), json={"error": self.token_error})
        signed_in = jwt.decode(form["subject_token"], self._key, algorithms=["ES256"]).claims
        acting = {"subject": signed_in["sub"], "aud": form["audience"], "act": {"sub": "client-1"}}
        token = self.token(**acting, roles=tuple(signed_in["roles"]), jti=str(len(self.exchanges)))
        return httpx2.Response(self.token_status, json={"access_token": token, "expires_in": 300})

    def _discovery(self) -> dict[str, str]:
        return {
            "issuer": self.address,
            "jwks_uri": f"{self.address}/jwks",
            "token_endpoint": f"{self.address}/token",
            "authorization_endpoint": f"{self.address}/authorize",
            "end_session_endpoint": f"{self.address}/logout",
        }


def _new_key(key_id: str) -> ECKey:
    return ECKey.generate_key("P-256", parameters={"kid": key_id, "use": "sig", "alg": "ES256"})


def _without_none(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
