"""What is remembered of messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from contracts.ids import MessageId

from notifications.messages.message import Message
from notifications.transaction.ledger import Transaction


@dataclass(frozen=True, slots=True)
class Errand:
    """The right to work on one message, until the lease ends."""

    message_id: MessageId
    token: str


class Messages(Protocol):
    """Messages, and whose turn it is to work on them."""

    async def held(self, errand: Errand) -> Message | None:
        """The message, locked; None when the errand is no longer ours (its lease ran out and another has it)."""

    async def of(self, message_id: MessageId) -> Message | None:
        """The message."""

    async def keep(self, message: Message) -> None:
        """Store it. A new message is due for its first step at once."""

    async def release(self, message_id: MessageId) -> None:
        """Give the lease back; nothing is due until somebody rings."""

    async def lock(self, message_ids: Sequence[MessageId]) -> None:
        """Wait for, then keep, these messages until the transaction ends."""

    async def ring(self, message_ids: Sequence[MessageId]) -> None:
        """Make the next step of these messages due now."""


class Ledger(Transaction, Protocol):
    """A transaction, as far as it is about messages."""

    @property
    def messages(self) -> Messages: ...
