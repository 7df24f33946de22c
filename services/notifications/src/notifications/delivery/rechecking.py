"""The last look before a message is handed over, in the transaction that hands it over.

Nothing that was true when the message was claimed is taken for granted: the promise in force, the channel, the hour,
whether the news still stands, and whether the victim has come to know meanwhile.
"""

from dataclasses import replace
from datetime import datetime

from contracts.notifications import MessageKind

from notifications.deciding.deciding import decide_about, set_alarm, settle
from notifications.deciding.safe_moments import by_message
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.verdicts import Decision, HoldUntil, TellNow
from notifications.delivery.ledger import Ledger
from notifications.keeping_in_touch.silence import restart_silence, silence_is_over
from notifications.messages.message import Message
from notifications.transaction.ledger import Alarm


async def still_allowed(ledger: Ledger, message: Message) -> Message | None:
    """The message, with only the news that may still be told; None when nothing may, and then all is decided anew."""
    now = await ledger.now()
    if message.kind is MessageKind.NOTHING_CHANGED:
        return message if await _silence_may_break(ledger, message, now=now) else None
    left = []
    for news in message.news:
        record = await ledger.decisions.of(news)
        if record is not None and await _may_go(ledger, record, message=message, now=now):
            left.append(news)
    await set_alarm(ledger, message.victim)
    return replace(message, news=tuple(left)) if left else None


async def _may_go(ledger: Ledger, record: DecisionRecord, *, message: Message, now: datetime) -> bool:
    if record.message_id != message.message_id or not record.owed:
        return False
    decision = await decide_about(ledger, record.news, left=record.left, now=now)
    if _by(decision, message):
        return True
    await settle(ledger, record.released(at=now), decision, now=now)
    return False


async def _silence_may_break(ledger: Ledger, message: Message, *, now: datetime) -> bool:
    promise = await ledger.promises.in_force(message.victim)
    if promise is None or not await silence_is_over(ledger, message.victim, promise=promise, now=now):
        await restart_silence(ledger, message.victim)
        return False
    if await ledger.decisions.owed(message.victim):
        # It is untrue by now, and the interval was counted anew when it was claimed.
        await ledger.alarms.set(Alarm.NOTHING_CHANGED, message.victim, now)
        return False
    decision = by_message(promise.terms, earliest=now, now=now)
    if _by(decision, message):
        return True
    await ledger.alarms.set(
        Alarm.NOTHING_CHANGED, message.victim, decision.until if isinstance(decision, HoldUntil) else now
    )
    return False


def _by(decision: Decision, message: Message) -> bool:
    return isinstance(decision, TellNow) and decision.channel is message.channel
