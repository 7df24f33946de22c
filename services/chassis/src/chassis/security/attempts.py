"""Sign-ins that a browser has begun: each in a cookie of its own, so that two tabs do not break one another."""

import base64
import hmac
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from chassis.security.oidc import Attempt

MOST_ATTEMPTS: Final = 4
ATTEMPT_SECONDS: Final = 600

_LONGEST_COOKIE = 2_048


class _Kept(msgspec.Struct, frozen=True):
    attempt: Attempt
    begun: int


class Attempts:
    """Which cookies are attempts; `prefix` begins the names of all."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def name(self, attempt: Attempt) -> str:
        """The cookie of one attempt."""
        return f"{self._prefix}-{attempt.state[:8]}"

    def kept(self, attempt: Attempt, *, begun: int) -> str:
        """The value of its cookie."""
        return base64.urlsafe_b64encode(msgspec.json.encode(_Kept(attempt, begun))).decode()

    def too_many(self, cookies: Mapping[str, str]) -> list[str]:
        """The cookies to take back before one more begins: what cannot be read, and the oldest."""
        mine = {name: _read(value) for name, value in cookies.items() if name.startswith(f"{self._prefix}-")}
        readable = sorted((kept.begun, name) for name, kept in mine.items() if kept is not None)
        unreadable = [name for name, kept in mine.items() if kept is None]
        return unreadable + [name for _, name in readable[: max(0, len(readable) - MOST_ATTEMPTS + 1)]]

    def of(self, state: str, cookies: Mapping[str, str], *, now: int) -> Attempt | None:
        """The attempt of this state, where this browser began it no longer ago than it may last."""
        for kept in self._all(cookies):
            if hmac.compare_digest(kept.attempt.state.encode(), state.encode()):
                return kept.attempt if now - kept.begun < ATTEMPT_SECONDS else None
        return None

    def _all(self, cookies: Mapping[str, str]) -> Iterator[_Kept]:
        for name, value in cookies.items():
            kept = _read(value) if name.startswith(f"{self._prefix}-") else None
            if kept is not None and kept.attempt.state:
                yield kept


def _read(cookie: str) -> _Kept | None:
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cookie[:_LONGEST_COOKIE]), type=_Kept)
    except (ValueError, msgspec.MsgspecError):
        return None
