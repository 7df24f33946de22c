"""Recorded events that are doubtful: told to nobody until an officer has looked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from chassis.log.effects import Effect

from intake.identity.claims import Claims


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A recorded event with a doubt: where it stands, and the case it was recorded for."""

    source: str
    id: str
    case_id: str
    victim_id: str | None
    body: bytes
    crimeids: str | None = None

    @property
    def crimes(self) -> list[str]:
        """The cases of the crimes that it names, or the one that it was recorded for."""
        return self.crimeids.split(",") if self.crimeids else [self.case_id]


class Doubts(Protocol):
    """Doubtful events, what their doubt holds up, and the write that clears it."""

    async def doubtful(self, event_id: str, *, source: str | None) -> Doubtful | None: ...

    async def held_up(self, doubtful: Doubtful, *, new_id: Callable[[], str]) -> Claims:
        """The link or merges that were not made because of the doubt."""

    def clearing(self, doubtful: Doubtful, *, by: str) -> Effect: ...
