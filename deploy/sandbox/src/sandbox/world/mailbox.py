"""The fake Notify, over HTTP."""

from dataclasses import dataclass
from datetime import datetime

import httpx2
from pydantic import BaseModel, ConfigDict

from sandbox.notify_fake.behaviour import Behaviour


class Letter(BaseModel):
    """A message as its recipient got it; `business_time` is when, by the sandbox's clock."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    recipient: str
    subject: str
    body: str
    reference: str | None
    status: str
    business_time: datetime
    real_time: datetime


@dataclass(frozen=True)
class NotifyControl:
    """Reads the mailbox and changes how the fake behaves."""

    url: str
    http: httpx2.AsyncClient

    async def messages(self, recipient: str | None = None) -> list[Letter]:
        """Oldest first; of one recipient, or all."""
        answer = await self.http.get(f"{self.url}/mailbox")
        letters = [Letter.model_validate(entry) for entry in answer.raise_for_status().json()]
        return [letter for letter in letters if recipient in (None, letter.recipient)]

    async def behave(self, behaviour: Behaviour) -> None:
        answer = await self.http.put(f"{self.url}/behaviour", json={"behaviour": behaviour})
        answer.raise_for_status()
