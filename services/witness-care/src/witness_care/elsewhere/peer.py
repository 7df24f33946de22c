"""The other services as an officer's desk sees them: whoever asks gets an outcome, never an error."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Peer(StrEnum):
    """Who is asked."""

    INTAKE = "intake"
    JOURNEY = "journey"
    NOTIFICATIONS = "notifications"


@dataclass(frozen=True, slots=True)
class Said:
    """It answered; `body` is its JSON, to be read by a model of what is needed of it. None where it said nothing."""

    body: object


@dataclass(frozen=True, slots=True)
class NotThere:
    """It knows of no such thing, or not for this officer."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It will not, by its rules: `detail` says what to do, in its own words, and `status` is that of HTTP."""

    status: int
    detail: str


@dataclass(frozen=True, slots=True)
class SignInAgain:
    """The officer's sign-in opens nothing elsewhere any more."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """It did not answer in time, or not so that it can be read; a change that was asked for may have been made."""


Outcome = Said | NotThere | Refused | SignInAgain | Unreachable


class Peers(Protocol):
    """Asks other services as the officer whose session it is. `path` begins with a slash and names nobody but by id."""

    async def get(self, session_id: str, peer: Peer, path: str) -> Outcome:
        """What stands there."""

    async def post(self, session_id: str, peer: Peer, path: str, body: object) -> Outcome:
        """What came of it. `body` is JSON."""
