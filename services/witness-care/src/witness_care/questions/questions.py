"""Messages that wait for an officer at intake, what they say, and what an officer makes of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

from pydantic import RootModel

from witness_care.elsewhere.answered import Answered, Unsaid, read_as
from witness_care.elsewhere.peer import Outcome, Peer, Peers


class Verdict(StrEnum):
    """What an officer makes of a message."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Question(Answered):
    """One message that waits; `times`: how often its like came."""

    document_id: str
    kind: str
    state: str
    why: str | None
    received_at: datetime
    due_at: datetime | None
    decided_at: datetime | None
    times: int


class Questions(RootModel[tuple[Question, ...]]):
    """Soonest due first."""


class Content(Answered):
    """A message as its agency sent it."""

    content: str


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks intake as the officer whose session it is."""

    peers: Peers

    async def waiting(self, session: str) -> Questions | Unsaid:
        """What waits, or why that cannot be said."""
        return read_as(Questions, await self.peers.get(session, Peer.INTAKE, "/documents"))

    async def content(self, session: str, document_id: str) -> Content | Unsaid:
        """What a message says."""
        path = f"/documents/{quote(document_id, safe='')}/content"
        return read_as(Content, await self.peers.get(session, Peer.INTAKE, path))

    async def decide(self, session: str, document_id: str, verdict: Verdict) -> Outcome:
        """What follows is intake's."""
        path = f"/documents/{quote(document_id, safe='')}/decision"
        return await self.peers.post(session, Peer.INTAKE, path, {"decision": verdict.value})
