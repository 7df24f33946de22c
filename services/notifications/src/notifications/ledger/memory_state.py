"""The rows of the fake."""

from dataclasses import dataclass, field
from datetime import datetime

from contracts.ids import ContactId, DutyKey, MessageId, NewsId, VictimId

from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.news import News
from notifications.decisions.published_decisions import DecisionChanged
from notifications.duties.duty import Duty
from notifications.keeping_in_touch.promised_silence import Silence
from notifications.messages.message import Message
from notifications.promise.contact_promise import ContactPromise
from notifications.promise.ledger import PromiseInForce
from notifications.tellings.telling import How, Telling
from notifications.transaction.fact import Fact
from notifications.transaction.ledger import Alarm


@dataclass(slots=True)
class State:
    """What a transaction changes, and what a rollback restores."""

    promises: dict[VictimId, ContactPromise] = field(default_factory=dict)
    in_force: dict[VictimId, PromiseInForce] = field(default_factory=dict)
    news: dict[NewsId, News] = field(default_factory=dict)
    decisions: dict[NewsId, DecisionRecord] = field(default_factory=dict)
    messages: dict[MessageId, Message] = field(default_factory=dict)
    rung: dict[MessageId, bool] = field(default_factory=dict)
    leases: dict[MessageId, tuple[str, datetime]] = field(default_factory=dict)
    duties: dict[DutyKey, Duty] = field(default_factory=dict)
    met_by: dict[DutyKey, ContactId | None] = field(default_factory=dict)
    told: dict[tuple[VictimId, NewsId, How, ContactId | None], Telling] = field(default_factory=dict)
    looked: dict[VictimId, datetime] = field(default_factory=dict)
    contacts: dict[tuple[ContactId, VictimId], datetime | None] = field(default_factory=dict)
    asked: dict[tuple[VictimId, NewsId, bool], ContactId] = field(default_factory=dict)
    made: dict[tuple[VictimId, NewsId, bool], ContactId] = field(default_factory=dict)
    silences: dict[VictimId, Silence] = field(default_factory=dict)
    known: set[VictimId] = field(default_factory=set)
    granted: set[tuple[str, VictimId]] = field(default_factory=set)
    alarms: dict[tuple[Alarm, str], datetime] = field(default_factory=dict)
    facts: list[Fact | DecisionChanged] = field(default_factory=list)
