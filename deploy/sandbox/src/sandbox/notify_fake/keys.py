"""The check of the client's token: HS256 with the API key's secret, issued by the key's service, just now."""

from chassis.clock import Clock
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from sandbox.notify_fake.failures import NotifyError

UUID_LENGTH = 36
OLDEST_SECONDS = 30


class ApiKey:
    """One API key. Raises NotifyError (403) as Notify does."""

    def __init__(self, key: str, *, clock: Clock) -> None:
        self._service = key[-2 * UUID_LENGTH - 1 : -UUID_LENGTH - 1]
        self._secret = OctKey.import_key(key[-UUID_LENGTH:])
        self._clock = clock

    def check(self, authorization: str) -> None:
        kind, _, token = authorization.partition(" ")
        if kind.lower() != "bearer":
            raise NotifyError(401, "AuthError", "Unauthorized: authentication token must be provided")
        try:
            claims = jwt.decode(token, self._secret, algorithms=["HS256"]).claims
        except (JoseError, ValueError) as error:
            raise NotifyError(403, "AuthError", "Invalid token: API key not found") from error
        if claims.get("iss") != self._service:
            raise NotifyError(403, "AuthError", "Invalid token: service not found")
        if abs(self._clock.now().timestamp() - float(claims.get("iat", 0))) > OLDEST_SECONDS:
            raise NotifyError(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds")
