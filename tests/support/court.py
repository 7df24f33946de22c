"""A court that sends one snapshot after the other to the translation, as the adapter does."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from intake.courts.comparing.facts import Correction, Fact, News, Retraction
from intake.courts.comparing.state import HearingState, KnownListing
from intake.courts.comparing.translation import Translation, translate
from intake.courts.reading.message import read_message
from support.hearing_messages import (
    hearing,
    message,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
AFTER_TRIAL = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)


@dataclass
class Court:
    """Feeds messages one after the other, as the adapter does."""

    now: datetime = NOW
    states: dict[str, HearingState] = field(default_factory=dict)
    known: tuple[KnownListing, ...] = ()

    def send(self, found: dict[str, Any], *, resulted: bool = False, shared: str | None = None) -> Translation:
        snapshot, shared_at = read_message(
            message(found, shared=shared), fingerprint=lambda raw: sha256(raw).hexdigest()
        )
        state = self.states.get(snapshot.hearing_id, HearingState(snapshot.hearing_id))
        translation = translate(
            state, snapshot, received_at=self.now, shared_at=shared_at, resulted=resulted, known=self.known
        )
        self.states[snapshot.hearing_id] = translation.state
        kept = {known.event_id: known for known in (*self.known, *translation.listings)}
        retracted = {news.original_id for news in translation.news if isinstance(news, Retraction)}
        self.known = tuple(known for event_id, known in kept.items() if event_id not in retracted)
        self.now += timedelta(minutes=1)
        return translation

    def result(self, found: dict[str, Any], *, shared: str = "2026-12-01T16:00:00Z[UTC]") -> Translation:
        self.now = max(self.now, AFTER_TRIAL)
        return self.send(found, resulted=True, shared=shared)


def _hash(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def kinds(translation: Translation) -> list[str]:
    return [_kind(news) for news in translation.news]


def _kind(news: News) -> str:
    match news:
        case Fact():
            return type(news.details).__name__
        case Correction():
            return f"Corrected {type(news.fact.details).__name__}"
        case Retraction():
            return "Retracted"


def listed(**more: Any) -> Court:
    court = Court()
    assert kinds(court.send(hearing(**more))) == ["Listed"]
    return court
