"""What became of a message."""

from dataclasses import dataclass
from datetime import datetime

from contracts.ids import VictimId
from contracts.notifications import FailureKind
from contracts.shape import Shape

from contracts import notifications as said
from notifications.messages.message import Message


@dataclass(frozen=True, slots=True)
class MessageSent:
    """A provider accepted the message."""

    message: Message
    at: datetime

    @property
    def victim(self) -> VictimId:
        return self.message.victim

    def said(self) -> tuple[str, Shape]:
        message = self.message
        return "notifications.message-sent.v1", said.MessageSent(
            message_id=message.message_id,
            reference=message.reference,
            channel=message.channel,
            kind=message.kind,
            news_ids=message.news,
            sent_at=self.at,
        )


@dataclass(frozen=True, slots=True)
class MessageDelivered:
    """The provider says that it arrived. The victim is notified, not told."""

    message: Message
    at: datetime

    @property
    def victim(self) -> VictimId:
        return self.message.victim

    def said(self) -> tuple[str, Shape]:
        data = said.MessageDelivered(message_id=self.message.message_id, delivered_at=self.at)
        return "notifications.message-delivered.v1", data


@dataclass(frozen=True, slots=True)
class MessageFailed:
    """It will not arrive."""

    message: Message
    at: datetime

    @property
    def victim(self) -> VictimId:
        return self.message.victim

    def said(self) -> tuple[str, Shape]:
        failure = self.message.failure or FailureKind.UNDELIVERABLE
        data = said.MessageFailed(message_id=self.message.message_id, failure=failure, failed_at=self.at)
        return "notifications.message-failed.v1", data
