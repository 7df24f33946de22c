"""Notified is not told: what became of a piece of news on its way to the victim."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contracts.ids import NewsId, VictimId


class Step(StrEnum):
    """One step of news towards the victim. Only `SEEN` and `CONTACT` mean that she was told."""

    NOTIFIED = "notified"
    DELIVERED = "delivered"
    FAILED = "failed"
    OPENED = "opened"
    SEEN = "seen"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Told:
    """A step taken for one piece of news at `at`; `how` an officer spoke to her, for contacts."""

    news_id: NewsId
    victim_id: VictimId
    step: Step
    at: datetime
    how: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A neutral message handed to a provider, and the news it stood for."""

    message_id: str
    victim_id: VictimId
    news_ids: tuple[NewsId, ...]
    sent_at: datetime
