"""What notifications says happened. Public ones reach Kafka; `DecisionChanged` stays in our log, for auditors."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from contracts.ids import ContactId, DutyKey, NewsId, VictimId
from contracts.notifications import ContactReason

from notifications.decisions.decision_record import DecisionRecord
from notifications.messages.message import Message


@dataclass(frozen=True, slots=True)
class MessageSent:
    """A provider accepted the message."""

    message: Message
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageDelivered:
    """The provider says that it arrived. The victim is notified, not told."""

    message: Message
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageFailed:
    """It will not arrive."""

    message: Message
    at: datetime


@dataclass(frozen=True, slots=True)
class OfficerContactDue:
    """A person has to make contact about these news by `due_by`."""

    contact_id: ContactId
    victim: VictimId
    reason: ContactReason
    news: tuple[NewsId, ...]
    duties: tuple[DutyKey, ...]
    due_by: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class NewsSeen:
    """The victim opened this item, signed in."""

    victim: VictimId
    news: NewsId
    seen_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionChanged:
    """A decision was made or changed; internal."""

    record: DecisionRecord
    at: datetime


Fact: TypeAlias = MessageSent | MessageDelivered | MessageFailed | OfficerContactDue | NewsSeen | DecisionChanged
