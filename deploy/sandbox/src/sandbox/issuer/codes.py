"""Authorization codes: used once, soon, by the client that asked, with the proof it promised (RFC 7636)."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.clock import Clock

LIFETIME = timedelta(seconds=60)


@dataclass(frozen=True)
class Grant:
    """What a person agreed to by choosing who they are."""

    persona: str
    client_id: str
    redirect_uri: str
    challenge: str
    nonce: str | None
    expires_at: datetime


class Codes:
    """Grants waiting to be fetched; in memory, as the issuer's key is."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: dict[str, Grant] = {}

    def issue(self, *, persona: str, client_id: str, redirect_uri: str, challenge: str, nonce: str | None) -> str:
        code = self._clock.token(32)
        expires_at = self._clock.now() + LIFETIME
        self._waiting[code] = Grant(persona, client_id, redirect_uri, challenge, nonce, expires_at)
        return code

    def redeem(self, code: str, *, client_id: str, redirect_uri: str, verifier: str) -> Grant | None:
        """The grant, or None if anything about the request is wrong. Either way the code is spent."""
        grant = self._waiting.pop(code, None)
        if grant is None or self._clock.now() > grant.expires_at:
            return None
        same = grant.client_id == client_id and grant.redirect_uri == redirect_uri
        return grant if same and hmac.compare_digest(grant.challenge, s256(verifier)) else None


def s256(verifier: str) -> str:
    """The code challenge of a verifier."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
