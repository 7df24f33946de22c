"""What was handed over, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.clock import Clock

from sandbox.notify_fake.templates import Words

# The recipients that Notify itself documents for trying out failures, and their like at example.org.
PERMANENT = ("perm-fail@", "07700900002")
TEMPORARY = ("temp-fail@", "07700900003")
SENDING_AFTER, FINAL_AFTER = timedelta(seconds=0.2), timedelta(seconds=0.6)


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message; `created_at` in real time, `business_time` as the sandbox's clock said then."""

    id: str
    kind: str
    recipient: str
    template_id: str
    words: Words
    reference: str | None
    created_at: datetime
    business_time: datetime


@dataclass
class Mailbox:
    """All messages of this run, oldest first, in memory."""

    clock: Clock
    _messages: dict[str, Message] = field(default_factory=dict)

    def put(self, message: Message) -> None:
        self._messages[message.id] = message

    def get(self, message_id: str) -> Message | None:
        return self._messages.get(message_id)

    def __iter__(self) -> Iterator[Message]:
        return iter(tuple(self._messages.values()))

    def status(self, message: Message) -> str:
        """created, sending, then delivered, permanent-failure or temporary-failure."""
        age = self.clock.now() - message.created_at
        if age < SENDING_AFTER:
            return "created"
        if age < FINAL_AFTER:
            return "sending"
        return self._outcome(message)

    def _outcome(self, message: Message) -> str:
        recipient = message.recipient.replace(" ", "").replace("+44", "0")
        if recipient.startswith(PERMANENT):
            return "permanent-failure"
        return "temporary-failure" if recipient.startswith(TEMPORARY) else "delivered"
