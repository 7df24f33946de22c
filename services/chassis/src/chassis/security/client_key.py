"""A client that proves itself with its own key (ES256): RFC 7523 at the token endpoint, RFC 9101 at the sign-in."""

from collections.abc import Mapping
from datetime import timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from pydantic import SecretStr

from chassis.clock import Clock
from chassis.errors import PermanentFailure

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

_VALID_FOR = timedelta(minutes=5)


class ClientKey:
    """Signs as one client for one issuer."""

    def __init__(self, key: SecretStr, *, client_id: str, clock: Clock) -> None:
        try:
            self._key = ECKey.import_key(key.get_secret_value())
            self._signs = self._key.is_private and self._key.curve_name == "P-256"
        except (JoseError, ValueError) as error:
            raise PermanentFailure("OIDC_CLIENT_KEY must be a private key on P-256, in PEM.") from error
        if not self._signs:
            raise PermanentFailure("OIDC_CLIENT_KEY must be a private key on P-256, in PEM.")
        self._client_id = client_id
        self._clock = clock

    def request_object(self, asked: Mapping[str, str], *, issuer: str) -> str:
        """What is asked of the sign-in, so that nobody on the way can take a part of it out."""
        return self._signed({**asked, "iss": self._client_id, "aud": issuer}, kind="oauth-authz-req+jwt")

    def proof(self, *, audience: str) -> dict[str, str]:
        """The members of a token request that prove the client; each has an id of its own."""
        claims = {"iss": self._client_id, "sub": self._client_id, "aud": audience}
        return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": self._signed(claims, kind="JWT")}

    def _signed(self, claims: Mapping[str, str], *, kind: str) -> str:
        now = self._clock.now()
        times = {"iat": int(now.timestamp()), "exp": int((now + _VALID_FOR).timestamp())}
        header = {"alg": "ES256", "typ": kind} | ({"kid": self._key.kid} if self._key.kid else {})
        return jwt.encode(header, {**claims, **times, "jti": self._clock.token(16)}, self._key)
