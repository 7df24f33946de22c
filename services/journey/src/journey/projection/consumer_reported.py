"""From an event of notifications or witness care to what it means here; each of their types has its line."""

from typing import Final

from chassis.consumer.events import ConsumedEvent
from contracts.corrections import Amendment
from contracts.ids import NewsId, VictimId
from contracts.shape import Shape

from contracts import notifications, witness_care
from journey.errors import UnreadableFact
from journey.facts.fact import Origin
from journey.projection.consumer_facts import fact_from
from journey.projection.reported_back import GrantChange, Meaning, MessageOutcome, Report
from journey.tellings.telling import Contact, ContactTakenBack, Message, Step, Told

NOTHING_MORE: Final = (
    notifications.ContactPromiseAgreed,
    notifications.ContactPromiseQuestioned,
    notifications.OfficerContactDue,
    notifications.OfficerContactWithdrawn,
    notifications.NewsSeen,
    witness_care.ContactAssigned,
    witness_care.ContactTried,
    witness_care.WishAnswered,
)
"""Kept and put into words, steps of news noted; nothing else follows from them here."""


def report_from(event: ConsumedEvent, origin: Origin) -> Report:
    """The report in `event`. Raises UnreadableFact when it names no victim, or is of a type without a meaning here."""
    data = event.data()
    if event.header.victimid is None or not isinstance(data, Shape):
        raise UnreadableFact(f"{event.header.type} names no victim")
    victim_id = VictimId(event.header.victimid)
    return Report(
        fact=fact_from(event, origin, data=data),
        victim_id=victim_id,
        told=tuple(_told(data, victim_id)),
        meaning=_meaning(data, victim_id),
    )


def _told(data: Shape, victim_id: VictimId) -> list[Told]:
    match data:
        case notifications.MessageSent():
            return [Told(NewsId(news_id), victim_id, Step.NOTIFIED, data.sent_at) for news_id in data.news_ids]
        case notifications.NewsSeen():
            return [Told(data.news_id, victim_id, Step.SEEN, data.seen_at)]
        case _:
            return []


def _meaning(data: Shape, victim_id: VictimId) -> Meaning | None:
    match data:
        case notifications.MessageSent():
            return Message(data.message_id, victim_id, data.news_ids, data.sent_at)
        case notifications.MessageDelivered():
            return MessageOutcome(data.message_id, Step.DELIVERED, data.delivered_at)
        case notifications.MessageFailed():
            return MessageOutcome(data.message_id, Step.FAILED, data.failed_at)
        case _:
            return _meaning_of_care(data, victim_id)


def _meaning_of_care(data: Shape, victim_id: VictimId) -> Meaning | None:
    match data:
        case witness_care.ContactMade():
            named = data.news_ids, data.duty_keys
            return Contact(data.contact_id, victim_id, data.made_at, data.how.value, *named)
        case witness_care.ContactTakenBack():
            return ContactTakenBack(data.contact_id, victim_id)
        case witness_care.AccessGranted():
            return GrantChange(data.subject, granted=True)
        case witness_care.AccessRevoked():
            return GrantChange(data.subject, granted=False)
        case _ if isinstance(data, (*NOTHING_MORE, Amendment)):
            return None
        case _:
            raise UnreadableFact(
                f"{type(data).__name__} has no meaning in journey yet: give it a line in consumer_reported.py"
            )
