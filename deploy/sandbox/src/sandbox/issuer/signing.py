"""The issuer's key and the tokens it signs (ES256; RFC 9068 for access tokens)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from chassis.clock import Clock
from chassis.security.claims import check_claims
from chassis.security.oidc import LOGOUT_EVENT
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

LIFETIME = timedelta(minutes=20)
SIGNED_IN = timedelta(hours=8)
"""As long as a session of ours may last, whose sign-in is exchanged until its end."""
ACTING = timedelta(minutes=5)
AHEAD = timedelta(seconds=20)
"""How far the issuer's clock is before ours: clocks of other machines never agree."""
# As other issuers publish beside the key that they sign with.
ODD_KEYS: tuple[dict[str, object], ...] = (
    {"kty": "EC", "crv": "brainpoolP256r1", "kid": "other-curve", "x": "AA", "y": "AA"},
    {"kty": "OKP", "crv": "X-new", "kid": "new-curve", "x": "AA", "use": "sig"},
    {"kty": "RSA", "kid": "for-tls", "use": "tls", "n": "AQAB", "e": "AQAB", "x5c": "not a list"},
    {"kid": "no-kind"},
)


class Signer:
    """Signs with a key of its own, made when it starts. Tokens live in real time, wherever the business clock is."""

    def __init__(self, *, issuer: str, clock: Clock) -> None:
        self._issuer = issuer
        self._clock = clock
        self._key = ECKey.generate_key("P-256", parameters={"kid": clock.token(8), "use": "sig", "alg": "ES256"})

    def public_keys(self) -> dict[str, object]:
        """The JWK set."""
        return {"keys": [*ODD_KEYS, self._key.as_dict(private=False)]}

    def access_token(
        self, *, subject: str, client_id: str, audience: str, scopes: Sequence[str], roles: Sequence[str]
    ) -> str:
        claims = {"sub": subject, "client_id": client_id, "aud": audience, "jti": self._clock.new_id()}
        return self._sign({**claims, "scope": " ".join(scopes), "roles": list(roles)}, kind="at+jwt")

    def signed_in_token(self, *, subject: str, client_id: str) -> str:
        """An access token that only this client, and only here, can exchange for another: no service takes it."""
        claims = {"sub": subject, "client_id": client_id, "aud": self._issuer, "jti": self._clock.new_id()}
        return self._sign(claims, kind="at+jwt", lifetime=SIGNED_IN)

    def acting_token(self, *, subject: str, client_id: str, audience: str, role: str) -> str:
        """An access token of a person, by which a client acts for them (RFC 8693, 4.1)."""
        claims = {"sub": subject, "client_id": client_id, "aud": audience, "jti": self._clock.new_id()}
        return self._sign({**claims, "roles": [role], "act": {"sub": client_id}}, kind="at+jwt", lifetime=ACTING)

    def signed_in(self, token: str, *, client_id: str) -> str | None:
        """The subject of a token by `signed_in_token` that lasts still and was given to this client."""
        try:
            decoded = jwt.decode(token, self._key, algorithms=["ES256"])
            check_claims(decoded.claims, issuer=self._issuer, audience=self._issuer, now=self._clock.now() + AHEAD)
        except (JoseError, ValueError):
            return None
        ours = decoded.header.get("typ") == "at+jwt" and decoded.claims.get("client_id") == client_id
        return str(decoded.claims["sub"]) if ours else None

    def id_token(self, *, subject: str, client_id: str, nonce: str | None, roles: Sequence[str]) -> str:
        claims: dict[str, object] = {"sub": subject, "aud": client_id, "roles": list(roles)}
        if nonce:
            claims["nonce"] = nonce
        return self._sign(claims, kind="JWT")

    def logout_token(self, *, subject: str, client_id: str) -> str:
        claims: dict[str, object] = {"sub": subject, "aud": client_id, "jti": self._clock.new_id()}
        return self._sign({**claims, "events": {LOGOUT_EVENT: {}}}, kind="logout+jwt")

    def _sign(self, claims: Mapping[str, object], *, kind: str, lifetime: timedelta = LIFETIME) -> str:
        now = self._clock.now() + AHEAD
        times = {"iat": int(now.timestamp()), "exp": int((now + lifetime).timestamp())}
        header = {"alg": "ES256", "typ": kind, "kid": self._key.kid}
        return jwt.encode(header, {"iss": self._issuer, **times, **claims}, self._key)
