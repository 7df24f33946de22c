"""What became of a message, written down together with everything that follows from it."""

from datetime import datetime, timedelta

from contracts.notifications import ContactReason, FailureKind

from notifications.deciding.deciding import set_alarm
from notifications.decisions.verdicts import GiveToOfficer
from notifications.delivery.ledger import Ledger
from notifications.keeping_in_touch.silence import ask_to_end_silence, hear_from_us
from notifications.messages.facts import MessageDelivered, MessageFailed, MessageSent
from notifications.messages.message import RETRIES, Message, MessageState
from notifications.officer_contacts.asking import ask_officer
from notifications.transaction.ledger import Alarm

ASK_FIRST_AFTER = timedelta(seconds=60)


async def record_sent(ledger: Ledger, message: Message, *, provider_id: str | None) -> None:
    """The provider has it: the victim is notified, and the promised interval begins anew.

    With an id we shall ask whether it arrived.
    """
    now = await ledger.now()
    sent = message.sent(provider_id, now)
    await ledger.messages.keep(sent)
    for news in sent.news:
        record = await ledger.decisions.of(news)
        if record is not None and record.message_id == sent.message_id:
            await ledger.decisions.keep(record.notified(now))
    ledger.record(MessageSent(sent, now))
    await hear_from_us(ledger, sent.victim, at=now)
    if provider_id is not None:
        await ledger.alarms.set(Alarm.MESSAGE_STEP, sent.message_id, now + ASK_FIRST_AFTER)


async def record_delivered(ledger: Ledger, message: Message) -> None:
    """It arrived. Delivered is not told: nothing is met by it."""
    await ledger.messages.keep(message.moved(MessageState.DELIVERED))
    ledger.record(MessageDelivered(message, await ledger.now()))


async def record_failed(ledger: Ledger, message: Message, *, failure: FailureKind) -> None:
    """It will not arrive: an officer is asked instead."""
    now = await ledger.now()
    failed = message.moved(MessageState.FAILED, failure=failure)
    await ledger.messages.keep(failed)
    ledger.record(MessageFailed(failed, now))
    await _give_to_officer(ledger, failed, reason=ContactReason.SEND_FAILED, now=now)


async def record_unknown(ledger: Ledger, message: Message) -> None:
    """Nobody can say whether it left or arrived: never sent again, an officer is asked instead."""
    unknown = message.moved(MessageState.UNKNOWN)
    await ledger.messages.keep(unknown)
    await _give_to_officer(ledger, unknown, reason=ContactReason.UNKNOWN_OUTCOME, now=await ledger.now())


async def record_not_sent(ledger: Ledger, message: Message) -> None:
    """It was certainly not accepted: try again later with the same reference, or give up at the schedule's end."""
    now = await ledger.now()
    again = message.next_attempt(now)
    if again is None:
        await record_failed(ledger, message, failure=FailureKind.GAVE_UP)
        return
    await ledger.messages.keep(message.moved(MessageState.CLAIMED))
    await ledger.alarms.set(Alarm.MESSAGE_STEP, message.message_id, again)


async def ask_later(ledger: Ledger, message: Message) -> None:
    """Still open: ask the provider again after the schedule's next wait; at its end the outcome is unknown."""
    now = await ledger.now()
    recovering = message.state is MessageState.HANDED
    again = None if recovering and message.asked >= len(RETRIES) else message.next_question(now)
    if again is None:
        await record_unknown(ledger, message)
        return
    await ledger.messages.keep(message.asked_again())
    await ledger.alarms.set(Alarm.MESSAGE_STEP, message.message_id, again)


async def withdraw(ledger: Ledger, message: Message) -> None:
    """It must not leave: what it covered has been decided anew."""
    await ledger.messages.keep(message.moved(MessageState.WITHDRAWN))


async def _give_to_officer(ledger: Ledger, message: Message, *, reason: ContactReason, now: datetime) -> None:
    untold = []
    for news in message.news:
        record = await ledger.decisions.of(news)
        if record is None or not record.owed or record.message_id != message.message_id:
            continue
        await ledger.decisions.keep(record.decided(GiveToOfficer(reason), at=now))
        untold.append(news)
    if untold:
        await ask_officer(ledger, message.victim, reason=reason, news=untold, now=now)
    elif not message.news:
        await ask_to_end_silence(ledger, message.victim, reason=reason, news=(), now=now)
    await set_alarm(ledger, message.victim)
