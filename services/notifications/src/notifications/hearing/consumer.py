"""What we hear: the topics, and for each event type that changes something here what is done.

Whatever the type, an event makes the victim whom it names known; a type that stands in neither list does no more.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from chassis.consumer.events import ConsumedEvent
from chassis.consumer.subscription import Subscription
from chassis.database import Connection
from chassis.errors import PermanentFailure
from contracts.catalogue import types_on
from contracts.ids import CaseId, EventId, VictimId
from contracts.journey import DutyChanged, DutyMet, DutyOpened, NewsArrived, NewsWithdrawn, SafeContactWarned
from contracts.telling import TELLING
from contracts.topics import JOURNEY, WITNESS_CARE
from contracts.witness_care import AccessGranted, AccessRevoked, ContactMade, ContactTakenBack

from notifications.deciding.hearing_news import hear_news, hear_withdrawal
from notifications.deciding.questioning import question_promise
from notifications.deciding.reminders import change_duty, meet_duty, open_duty
from notifications.decisions.news import News
from notifications.duties.duty import Duty
from notifications.duties.told import met_by_telling
from notifications.errors import NewsOfSomebodyElse
from notifications.hearing.ledger import Ledger
from notifications.hearing.telling import hear_of_contact, take_contact_back
from notifications.tellings.telling import Contact
from notifications.transaction.ledger import Ledgers

PARKED: Mapping[str, str] = {
    "journey.event-corrected.v1": "journey corrects by further news; should it ever send this, a person must look",
    "journey.event-retracted.v1": "as above",
    "witness-care.event-corrected.v1": "a contact or grant recorded in error needs a person to undo what followed",
    "witness-care.event-retracted.v1": "as above",
}


Data = TypeVar("Data")
Listener = Callable[[Ledger, ConsumedEvent, VictimId], Awaitable[None]]


async def news_arrived(ledger: Ledger, event: ConsumedEvent, victim: VictimId) -> None:
    """Decide about it."""
    data = _data(event, NewsArrived)
    telling = TELLING.get(data.says_type or data.event_type)
    if telling is None:
        raise PermanentFailure("nothing says how facts of this type are told: add it to contracts.telling")
    news = News(
        news_id=data.news_id,
        victim=victim,
        case=CaseId(data.case_id),
        event_id=EventId(data.event_id),
        event_source=data.event_source,
        event_type=data.event_type,
        tell=telling.tell,
        occurred_at=data.occurred_at,
        recorded_at=data.recorded_at,
        backfill=data.backfill or event.header.backfill,
        reach=data.reach,
        standing=data.standing,
        known_at=await ledger.now(),
        corrects=data.corrects_news,
        retracts=data.retracts,
        says_type=data.says_type,
        about_at=data.about_at,
        told_at=data.told_at,
    )
    try:
        await hear_news(ledger, news)
    except NewsOfSomebodyElse as wrong:
        raise PermanentFailure(str(wrong)) from wrong


async def news_withdrawn(ledger: Ledger, event: ConsumedEvent, victim: VictimId) -> None:
    """It was about somebody else, or goes on under another id of hers."""
    data = _data(event, NewsWithdrawn)
    await hear_withdrawal(ledger, victim, news=data.news_id, moved=data.moved_to is not None)


async def safe_contact_warned(ledger: Ledger, event: ConsumedEvent, victim: VictimId) -> None:
    """What was agreed is in question."""
    _data(event, SafeContactWarned)
    await question_promise(ledger, victim)


async def duty_opened(ledger: Ledger, event: ConsumedEvent, victim: VictimId) -> None:
    """Set its reminder, where telling the victim is what meets it."""
    await open_duty(ledger, _duty(_data(event, DutyOpened), victim))


async def duty_changed(ledger: Ledger, event: ConsumedEvent, victim: VictimId) -> None:
    """Set its reminder anew."""
    await change_duty(ledger, _duty(_data(event, DutyChanged), victim))


async def duty_met(ledger: Ledger, event: ConsumedEvent, _: VictimId) -> None:
    """Cancel its reminder."""
    await meet_duty(ledger, _data(event, DutyMet).duty_key)


async def contact_made(ledger: Ledger, event: ConsumedEvent, victim: VictimId) -> None:
    """An officer told the victim."""
    data = _data(event, ContactMade)
    contact = Contact(data.contact_id, data.made_at, data.news_ids, data.duty_keys, data.put_right)
    await hear_of_contact(ledger, victim, contact)


async def contact_taken_back(ledger: Ledger, event: ConsumedEvent, victim: VictimId) -> None:
    """They did not."""
    await take_contact_back(ledger, victim, _data(event, ContactTakenBack).contact_id)


async def access_granted(ledger: Ledger, event: ConsumedEvent, victim: VictimId) -> None:
    """This subject may see and change the promise."""
    await ledger.grants.grant(_data(event, AccessGranted).subject, victim)


async def access_revoked(ledger: Ledger, event: ConsumedEvent, victim: VictimId) -> None:
    """No longer."""
    await ledger.grants.revoke(_data(event, AccessRevoked).subject, victim)


LISTENERS: Mapping[str, Listener] = {
    # Duties first, so that an officer asked about news in the same batch learns of its duties.
    "journey.safe-contact-warned.v1": safe_contact_warned,
    "journey.duty-opened.v1": duty_opened,
    "journey.duty-changed.v1": duty_changed,
    "journey.news-arrived.v1": news_arrived,
    "journey.news-withdrawn.v1": news_withdrawn,
    "journey.duty-met.v1": duty_met,
    "witness-care.contact-made.v1": contact_made,
    "witness-care.contact-taken-back.v1": contact_taken_back,
    "witness-care.access-granted.v1": access_granted,
    "witness-care.access-revoked.v1": access_revoked,
}

KNOWN = types_on(JOURNEY.name, WITNESS_CARE.name) - PARKED.keys()
"""A type that the contracts do not know is parked, as are those that a person has to look at."""


class Ears:
    """Applies a batch in the consumer's transaction. It holds no provider: hearing, however often, sends nothing."""

    def __init__(self, ledgers: Ledgers[Ledger]) -> None:
        self._ledgers = ledgers

    async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
        named = [(event, _victim(event)) for event in events]
        heard = [(event, victim) for event, victim in named if event.header.type in LISTENERS]
        duties_first = sorted(heard, key=lambda one: one[0].header.type != "journey.duty-opened.v1")
        async with self._ledgers.on(connection) as ledger:
            await ledger.lock([victim for _, victim in named])
            await ledger.victims.note([victim for _, victim in named])
            for event, victim in duties_first:
                await LISTENERS[event.header.type](ledger, event, victim)


def subscriptions(ledgers: Ledgers[Ledger], *, journey_log_url: str, witness_care_log_url: str) -> list[Subscription]:
    """The subscription table."""
    ears = Ears(ledgers)
    return [
        Subscription(JOURNEY.name, ears, journey_log_url, known=KNOWN),
        Subscription(WITNESS_CARE.name, ears, witness_care_log_url, known=KNOWN),
    ]


def _duty(data: DutyOpened, victim: VictimId) -> Duty:
    news = data.news_id if met_by_telling(data.duty_id) else None
    return Duty(data.duty_key, victim, news, data.reminder_at, data.due_at, reach=data.reach)


def _victim(event: ConsumedEvent) -> VictimId:
    if event.header.victimid is None:
        raise PermanentFailure("the event names no victim; its publisher must send it again with victimid")
    return VictimId(event.header.victimid)


def _data(event: ConsumedEvent, kind: type[Data]) -> Data:
    data = event.data()
    if not isinstance(data, kind):
        raise PermanentFailure(f"{event.header.type} holds other data than its type says")
    return data
