"""What the notifications service publishes: promises and what came of each message. No address, no code word."""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from contracts.event_type import EventType
from contracts.ids import UUID_TEXT, ContactId, MessageId
from contracts.journey import DutyKeyText, NewsIdText
from contracts.shape import Instant, Opaque, Shape, TimeOfDay

MessageIdText = Annotated[MessageId, UUID_TEXT]


class ChannelKind(StrEnum):
    """A way to reach somebody."""

    EMAIL = "email"
    SMS = "sms"
    PHONE = "phone"
    LETTER = "letter"


class Safety(StrEnum):
    """Whether a channel is safe; unknown counts as not safe."""

    SAFE = "safe"
    NOT_SAFE = "not-safe"
    UNKNOWN = "unknown"


class Channel(Shape):
    """A channel and whether it is safe, without the address."""

    kind: ChannelKind
    safe: Safety


class Weekday(StrEnum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Window(Shape):
    """Safe hours on these days, in Europe/London, from `starts` up to but not at `ends`."""

    days: tuple[Weekday, ...] = Field(min_length=1, max_length=7)
    starts: TimeOfDay
    ends: TimeOfDay


class Language(StrEnum):
    """A language of the contact promise (ISO 639-1)."""

    ENGLISH = "en"
    WELSH = "cy"


class AgreedBy(StrEnum):
    """Who agreed the promise with us."""

    VICTIM = "victim"
    OFFICER = "officer"


class ContactPromiseAgreed(Shape):
    """The promise now in force. With no window given no hour is known to be safe, and an officer is asked."""

    version: int = Field(ge=1)
    channels: tuple[Channel, ...] = Field(default=(), max_length=8)
    windows: tuple[Window, ...] = Field(default=(), max_length=20)
    """By London's clock; none where hours of another time zone were agreed."""
    frequency_days: int | None = Field(default=None, ge=1, le=366)
    language: Language = Language.ENGLISH
    has_code_word: bool = False
    """A word was agreed by which they know who is speaking. The word itself stays inside notifications."""
    agreed_by: AgreedBy


class ContactPromiseQuestioned(Shape):
    """A warning came: nothing that was agreed before counts as safe until somebody has agreed it anew with them."""

    version: int = Field(ge=1)
    channels: tuple[Channel, ...] = Field(default=(), max_length=8)


class MessageKind(StrEnum):
    """What a message says: there is an update, or nothing has changed."""

    NEWS = "news"
    NOTHING_CHANGED = "nothing-changed"


class MessageSent(Shape):
    """A neutral message was handed to the provider. The victim is notified by it, not told."""

    message_id: MessageIdText
    reference: Opaque
    channel: ChannelKind
    kind: MessageKind
    news_ids: tuple[NewsIdText, ...] = Field(default=(), max_length=1000)
    sent_at: Instant


class MessageDelivered(Shape):
    """The provider says that it arrived, which is not that it was read."""

    message_id: MessageIdText
    delivered_at: Instant


class FailureKind(StrEnum):
    """Why a message is known not to have arrived."""

    REFUSED = "refused"
    UNDELIVERABLE = "undeliverable"
    GAVE_UP = "gave-up"


class MessageFailed(Shape):
    """The message did not arrive, and no more will be tried."""

    message_id: MessageIdText
    failure: FailureKind
    failed_at: Instant


class ContactReason(StrEnum):
    """Why a person must be in touch."""

    NO_SAFE_CHANNEL = "no-safe-channel"
    NOT_SEEN = "not-seen"
    UNKNOWN_OUTCOME = "unknown-outcome"
    OFFICER_FIRST = "officer-first"
    SEND_FAILED = "send-failed"
    DOUBT = "doubt"
    NOT_THEIRS = "not-theirs"
    """They were told what was not about them."""
    SILENCE = "silence"
    """The promised time has passed without a message, and "nothing has changed" would be untrue."""


class OfficerContactDue(Shape):
    """An officer owes this victim a contact."""

    contact_id: Annotated[ContactId, UUID_TEXT]
    reason: ContactReason
    news_ids: tuple[NewsIdText, ...] = Field(default=(), max_length=1000)
    duty_keys: tuple[DutyKeyText, ...] = Field(default=(), max_length=1000)
    due_by: Instant


class OfficerContactWithdrawn(Shape):
    """That contact is owed no longer: a channel is agreed as safe now, and a message leaves instead."""

    contact_id: Annotated[ContactId, UUID_TEXT]


class NewsSeen(Shape):
    """The victim opened this item, signed in: they have been told."""

    news_id: NewsIdText
    seen_at: Instant


TYPES: Final = (
    EventType("notifications.contact-promise-agreed.v1", ContactPromiseAgreed),
    EventType("notifications.contact-promise-questioned.v1", ContactPromiseQuestioned),
    EventType("notifications.message-sent.v1", MessageSent),
    EventType("notifications.message-delivered.v1", MessageDelivered),
    EventType("notifications.message-failed.v1", MessageFailed),
    EventType("notifications.officer-contact-due.v1", OfficerContactDue),
    EventType("notifications.officer-contact-withdrawn.v1", OfficerContactWithdrawn),
    EventType("notifications.news-seen.v1", NewsSeen),
)
