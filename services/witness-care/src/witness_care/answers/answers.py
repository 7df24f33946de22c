"""An officer says what became of what a victim asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from contracts.ids import EventId, VictimId
from contracts.witness_care import WishAnswered, WishKind, WishOutcome

from witness_care.care.care import VictimCare


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one wish. `answer_id` is the caller's, so that a repeated request is one answer."""

    answer_id: str
    report_id: EventId
    wish: WishKind
    outcome: WishOutcome
    by: str


class AnswerStore(Protocol):
    """Where answers are kept, beside what they end."""

    async def record(
        self, victim_id: VictimId, *, event_id: EventId, decide: Callable[[VictimCare, datetime], WishAnswered | None]
    ) -> None:
        """Load, decide, save, and end the wish, in one transaction. Raises UnknownVictim, NoSuchWish."""


class Answers:
    """The officer's command."""

    def __init__(self, store: AnswerStore) -> None:
        self._store = store

    async def record(self, victim_id: VictimId, answer: Answer) -> None:
        """The same answer sent again changes nothing. Raises UnknownVictim, NoSuchWish."""

        def decide(care: VictimCare, now: datetime) -> WishAnswered | None:
            if not care.answer_wish(answer.answer_id, now=now):
                return None
            return WishAnswered(
                answer_id=answer.answer_id,
                report_id=answer.report_id,
                wish=answer.wish,
                outcome=answer.outcome,
                answered_at=now,
                answered_by=answer.by,
            )

        await self._store.record(victim_id, event_id=EventId(answer.answer_id), decide=decide)
