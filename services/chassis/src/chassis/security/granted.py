"""An access token as a token endpoint grants it (RFC 6749, 5.1), and for how long it is used."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, SecretStr, ValidationError

from chassis.security.issuer import IssuerAway

_RENEW_BEFORE = timedelta(seconds=30)
_SHORT, _LONGEST = 60, 86_400


def _seconds(said: object) -> int:
    """However they are written; what cannot be read, or is is over, is a minute."""
    try:
        seconds = int(float(said)) if isinstance(said, int | float | str) else _SHORT
    except (ValueError, OverflowError):
        return _SHORT
    return min(seconds, _LONGEST) if seconds > 0 else _SHORT


class Granted(BaseModel):
    """The token, and the seconds that it lasts."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    access_token: SecretStr
    expires_in: Annotated[int, BeforeValidator(_seconds)] = _SHORT

    def until(self, asked_at: datetime) -> datetime:
        """When another is to be asked for: shortly before it ends."""
        return asked_at + max(timedelta(seconds=self.expires_in) - _RENEW_BEFORE, timedelta(seconds=1))


def granted_in(answer: bytes) -> Granted:
    """What an answer grants. Raises IssuerAway where it cannot be read, and does not repeat it."""
    try:
        return Granted.model_validate_json(answer)
    except ValidationError:
        raise IssuerAway("the token endpoint's answer cannot be read") from None
