"""Every change of a decision, in our log for auditors, and never on Kafka."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import msgspec
from chassis.log.records import NewEvent

from notifications.decisions.decision_record import DecisionRecord
from notifications.transaction.fact import SOURCE

DECISION_CHANGED = "notifications.decision-changed"


@dataclass(frozen=True, slots=True)
class DecisionChanged:
    """A decision was made or changed; internal."""

    record: DecisionRecord
    at: datetime


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
