"""A message on its way out, and the only ways in which its state may move."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from contracts.ids import MessageId, NewsId, VictimId
from contracts.notifications import ChannelKind, FailureKind, MessageKind

from notifications.errors import MessageCannotMove

RETRIES = tuple(timedelta(seconds=seconds) for seconds in (60, 300, 1_800, 3_600, 7_200, 14_400))
"""Waits between attempts to reach a provider, and between questions whether a message arrived (trap N6)."""

STOP_ASKING_AFTER = timedelta(hours=72)
"""A provider that still says "on its way" after this long is taken as: outcome unknown."""


class MessageState(StrEnum):
    """Delivered, failed, unknown and withdrawn are final."""

    CLAIMED = "claimed"
    HANDED = "handed"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


MOVES = {
    MessageState.CLAIMED: frozenset({MessageState.HANDED, MessageState.FAILED, MessageState.WITHDRAWN}),
    MessageState.HANDED: frozenset(
        {
            MessageState.CLAIMED,
            MessageState.SENT,
            MessageState.FAILED,
            MessageState.UNKNOWN,
            MessageState.WITHDRAWN,
        }
    ),
    MessageState.SENT: frozenset({MessageState.DELIVERED, MessageState.FAILED, MessageState.UNKNOWN}),
    MessageState.DELIVERED: frozenset[MessageState](),
    MessageState.FAILED: frozenset[MessageState](),
    MessageState.UNKNOWN: frozenset[MessageState](),
    MessageState.WITHDRAWN: frozenset[MessageState](),
}
"""A final state leads nowhere: a message that failed is never asked back to life (trap N5)."""


@dataclass(frozen=True, slots=True)
class Message:
    """One neutral message. `reference` is fixed before any provider hears of it; `attempts` counts hand-overs begun.

    `asked` counts questions about its delivery. Times are business time.
    """

    message_id: MessageId
    reference: str
    victim: VictimId
    channel: ChannelKind
    kind: MessageKind
    news: tuple[NewsId, ...]
    promise_version: int
    state: MessageState
    claimed_at: datetime
    attempts: int = 0
    asked: int = 0
    provider_id: str | None = None
    sent_at: datetime | None = None
    failure: FailureKind | None = None

    @classmethod
    def claim(
        cls,
        message_id: MessageId,
        *,
        victim: VictimId,
        channel: ChannelKind,
        kind: MessageKind,
        news: tuple[NewsId, ...],
        promise_version: int,
        at: datetime,
    ) -> Self:
        """A new message; its own id is its reference."""
        state = MessageState.CLAIMED
        return cls(message_id, message_id, victim, channel, kind, news, promise_version, state, claimed_at=at)

    def moved(self, state: MessageState, *, failure: FailureKind | None = None) -> Self:
        """The next state; raises `MessageCannotMove`."""
        if state not in MOVES[self.state]:
            raise MessageCannotMove(f"message {self.message_id} cannot go from {self.state} to {state}")
        return replace(self, state=state, failure=failure)

    def handed(self, promise_version: int) -> Self:
        """About to be given to the provider, under this version of the promise."""
        return replace(self.moved(MessageState.HANDED), attempts=self.attempts + 1, promise_version=promise_version)

    def sent(self, provider_id: str | None, at: datetime) -> Self:
        """The provider has it."""
        return replace(self.moved(MessageState.SENT), provider_id=provider_id, sent_at=at)

    def asked_again(self) -> Self:
        """One more question about its delivery."""
        return replace(self, asked=self.asked + 1)

    def next_attempt(self, now: datetime) -> datetime | None:
        """When to try the provider again; None when the schedule is used up."""
        return now + RETRIES[self.attempts - 1] if 0 < self.attempts <= len(RETRIES) else None

    def next_question(self, now: datetime) -> datetime | None:
        """When to ask again whether it arrived; None when it has been on its way for too long."""
        if self.sent_at is not None and now - self.sent_at >= STOP_ASKING_AFTER:
            return None
        return now + RETRIES[min(self.asked, len(RETRIES) - 1)]
