"""Messages that wait for an officer at intake, what they say, and what an officer makes of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, RootModel, ValidationError

from witness_care.elsewhere.peer import Outcome, Peer, Peers, Said


class Verdict(StrEnum):
    """What an officer makes of a message."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Question(_Read):
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


class _Content(_Read):
    content: str


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks intake as the officer whose session it is."""

    peers: Peers

    async def waiting(self, session: str) -> Questions | Outcome:
        """What waits; the outcome where intake did not say so that it can be read."""
        outcome = await self.peers.get(session, Peer.INTAKE, "/documents")
        if not isinstance(outcome, Said):
            return outcome
        try:
            return Questions.model_validate(outcome.body)
        except ValidationError:
            return outcome

    async def content(self, session: str, document_id: str) -> str | Outcome:
        """What a message says."""
        outcome = await self.peers.get(session, Peer.INTAKE, f"/documents/{quote(document_id, safe='')}/content")
        if not isinstance(outcome, Said):
            return outcome
        try:
            return _Content.model_validate(outcome.body).content
        except ValidationError:
            return outcome

    async def decide(self, session: str, document_id: str, verdict: Verdict) -> Outcome:
        """What follows is intake's."""
        path = f"/documents/{quote(document_id, safe='')}/decision"
        return await self.peers.post(session, Peer.INTAKE, path, {"decision": verdict.value})
