"""The border: what the domain says happened, as the events the world reads. No address and no code word passes it."""

import hashlib
from typing import assert_never

import msgspec
from chassis.clock import Clock
from chassis.log.records import NewEvent
from chassis.vault.composing import Draft
from contracts.envelope import Envelope
from contracts.ids import VictimId
from contracts.notifications import (
    Channel,
    ContactPromiseAgreed,
    FailureKind,
    Weekday,
    Window,
)
from contracts.notifications import MessageDelivered as PublicDelivered
from contracts.notifications import MessageFailed as PublicFailed
from contracts.notifications import MessageSent as PublicSent
from contracts.notifications import NewsSeen as PublicSeen
from contracts.notifications import OfficerContactDue as PublicContactDue
from contracts.shape import Shape

from notifications.promise.contact_promise import ContactPromise
from notifications.promise.windows import Window as SafeWindow
from notifications.transaction.facts import (
    DecisionChanged,
    Fact,
    MessageDelivered,
    MessageFailed,
    MessageSent,
    NewsSeen,
    OfficerContactDue,
)

SOURCE = "urn:throughline:notifications"
LONDON = "Europe/London"
DECISION_CHANGED = "notifications.decision-changed"
PublicFact = MessageSent | MessageDelivered | MessageFailed | OfficerContactDue | NewsSeen


def draft_of(fact: PublicFact, *, clock: Clock) -> Draft:
    """A public fact as a draft, keyed by victim; one stream per victim, not version-checked."""
    name, victim, data = _public(fact)
    envelope = Envelope(id=clock.new_id(), source=SOURCE, type=name, time=fact.at, victimid=victim)
    return Draft.of(envelope, data, stream=f"notifications/{victim}", key=victim, subject=f"victim/{victim}")


def internal_event(fact: DecisionChanged) -> NewEvent:
    """A decision as an internal record: in the log for auditors, never on Kafka (no key)."""
    record, news = fact.record, fact.record.news
    body = {
        "specversion": "1.0",
        "id": f"decision/{news.news_id}/{record.revision}",
        "source": SOURCE,
        "type": DECISION_CHANGED,
        "time": fact.at,
        "victimid": news.victim,
        "data": {
            "news_id": news.news_id,
            "event_source": news.event_source,
            "event_id": news.event_id,
            "event_type": news.event_type,
            "verdict": record.verdict.value,
            "why": record.why,
            "until": record.until,
            "revision": record.revision,
            "message_id": record.message_id,
            "notified_at": record.notified_at,
            "told_at": record.told_at,
        },
    }
    encoded = msgspec.json.encode(body)
    return NewEvent(
        id=str(body["id"]),
        source=SOURCE,
        type=DECISION_CHANGED,
        stream=f"decision/{news.news_id}",
        version=None,
        key=None,
        occurred_at=fact.at,
        body=encoded,
        digest=hashlib.sha256(encoded).digest(),
    )


def split(facts: list[Fact]) -> tuple[list[PublicFact], list[DecisionChanged]]:
    """Public facts and internal ones, each in the order in which they happened."""
    internal = [fact for fact in facts if isinstance(fact, DecisionChanged)]
    return [fact for fact in facts if not isinstance(fact, DecisionChanged)], internal


def promise_agreed(promise: ContactPromise) -> ContactPromiseAgreed:
    """What the world learns of a promise: kinds of channel and windows, and whether there is a code word.

    Windows are read by London's clock. Where others were agreed none is published: an officer then takes no hour for
    safe, and nobody learns from the zone where a victim lives.
    """
    terms = promise.terms
    windows = terms.times.windows if terms.times.zone == LONDON else ()
    return ContactPromiseAgreed(
        version=promise.version,
        channels=tuple(Channel(kind=channel.kind, safe=channel.safety) for channel in terms.channels),
        windows=tuple(map(_window, windows)),
        frequency_days=terms.frequency_days,
        language=terms.language,
        has_code_word=terms.code_word is not None,
        agreed_by=promise.agreed_by,
    )


def clock_time(minute: int) -> str:
    """Minutes after midnight as "18:30"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _window(window: SafeWindow) -> Window:
    names = list(Weekday)
    days = tuple(names[day] for day in sorted(window.days))
    return Window(days=days, starts=clock_time(window.opens), ends=clock_time(window.closes))


def _public(fact: PublicFact) -> tuple[str, VictimId, Shape]:
    match fact:
        case MessageSent(message):
            return "notifications.message-sent.v1", message.victim, _sent(fact)
        case MessageDelivered(message, at):
            delivered = PublicDelivered(message_id=message.message_id, delivered_at=at)
            return "notifications.message-delivered.v1", message.victim, delivered
        case MessageFailed(message, at):
            failure = message.failure or FailureKind.UNDELIVERABLE
            failed = PublicFailed(message_id=message.message_id, failure=failure, failed_at=at)
            return "notifications.message-failed.v1", message.victim, failed
        case OfficerContactDue():
            return "notifications.officer-contact-due.v1", fact.victim, _contact_due(fact)
        case NewsSeen():
            seen = PublicSeen(news_id=fact.news, seen_at=fact.seen_at)
            return "notifications.news-seen.v1", fact.victim, seen
        case _:
            assert_never(fact)


def _sent(fact: MessageSent) -> PublicSent:
    message = fact.message
    return PublicSent(
        message_id=message.message_id,
        reference=message.reference,
        channel=message.channel,
        kind=message.kind,
        news_ids=message.news,
        sent_at=fact.at,
    )


def _contact_due(fact: OfficerContactDue) -> PublicContactDue:
    return PublicContactDue(
        contact_id=fact.contact_id,
        reason=fact.reason,
        news_ids=fact.news,
        duty_keys=fact.duties,
        due_by=fact.due_by,
    )
