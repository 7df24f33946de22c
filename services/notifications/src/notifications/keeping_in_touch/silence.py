"""The longest silence is a promise of its own: when it has passed, a message leaves or an officer is asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import assert_never

from contracts.ids import MessageId, VictimId
from contracts.notifications import ContactReason, MessageKind

from notifications.deciding.safe_moments import by_message
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.verdicts import GiveToOfficer, HoldUntil, TellNow
from notifications.keeping_in_touch.ledger import Ledger
from notifications.messages.message import Message
from notifications.officer_contacts.asking import ask_officer
from notifications.promise.ledger import PromiseInForce
from notifications.transaction.ledger import Alarm

TIME_TO_LEAVE = timedelta(hours=1)
"""So long after its safe moment news counts as on its way, and not as silence."""


async def restart_silence(ledger: Ledger, victim: VictimId, *, since: datetime | None = None) -> None:
    """Count the promised interval from when they were last told, or from `since` where that is later."""
    promise = await ledger.promises.in_force(victim)
    if promise is None or promise.terms.frequency_days is None:
        await ledger.alarms.cancel(Alarm.NOTHING_CHANGED, victim)
        return
    starts = [moment for moment in (await ledger.tellings.last(victim), since) if moment is not None]
    if starts:
        due = max(starts) + timedelta(days=promise.terms.frequency_days)
        await ledger.alarms.set(Alarm.NOTHING_CHANGED, victim, due)


async def break_silence(ledger: Ledger, victim: VictimId) -> None:
    """The interval has passed: send the neutral message by the same safe path, hold it, or ask an officer.

    Where news is still owed, "nothing has changed" would be untrue. News that leaves as soon as any message may ends
    the silence itself; with any other (untold, in doubt, unopened, waiting for longer) an officer is asked each time.
    """
    await ledger.lock([victim])
    now = await ledger.now()
    promise = await ledger.promises.in_force(victim)
    if promise is None or not await silence_is_over(ledger, victim, promise=promise, now=now):
        await restart_silence(ledger, victim)
        return
    owed = await ledger.decisions.owed(victim)
    if not owed:
        await _say_that_nothing_changed(ledger, victim, promise=promise, now=now)
        return
    looked_at_again = _when_left(owed, promise=promise, now=now)
    if looked_at_again is not None:
        await ledger.alarms.set(Alarm.NOTHING_CHANGED, victim, looked_at_again)
        return
    await _leave_to_officer(ledger, victim, owed=owed, now=now)
    await restart_silence(ledger, victim, since=now)


async def silence_is_over(ledger: Ledger, victim: VictimId, *, promise: PromiseInForce, now: datetime) -> bool:
    """Whether the promised interval has passed since the victim was last told anything."""
    if promise.terms.frequency_days is None:
        return False
    last = await ledger.tellings.last(victim)
    return last is None or last + timedelta(days=promise.terms.frequency_days) <= now


def _when_left(owed: Sequence[DecisionRecord], *, promise: PromiseInForce, now: datetime) -> datetime | None:
    """When all that is on its way will have left; None where nothing leaves as soon as a message may."""
    match by_message(promise.terms, earliest=now, now=now):
        case HoldUntil(until):
            soonest = until
        case _:
            soonest = now
    unsent = [record.until for record in owed if record.notified_at is None and record.until is not None]
    left = [until + TIME_TO_LEAVE for until in unsent if now < until + TIME_TO_LEAVE and until <= soonest]
    return max(left, default=None)


async def _leave_to_officer(ledger: Ledger, victim: VictimId, *, owed: Sequence[DecisionRecord], now: datetime) -> None:
    unseen = [record.news.news_id for record in owed if record.notified_at is not None]
    if unseen and await ask_officer(ledger, victim, reason=ContactReason.NOT_SEEN, news=unseen, now=now):
        return
    await ask_officer(ledger, victim, reason=ContactReason.SILENCE, news=(), now=now)


async def _say_that_nothing_changed(
    ledger: Ledger, victim: VictimId, *, promise: PromiseInForce, now: datetime
) -> None:
    match by_message(promise.terms, earliest=now, now=now):
        case HoldUntil(until):
            await ledger.alarms.set(Alarm.NOTHING_CHANGED, victim, until)
            return
        case TellNow(channel):
            message = Message.claim(
                MessageId(ledger.new_id()),
                victim=victim,
                channel=channel,
                kind=MessageKind.NOTHING_CHANGED,
                news=(),
                promise_version=promise.version,
                at=now,
            )
            await ledger.messages.keep(message)
        case GiveToOfficer(reason):
            await ask_officer(ledger, victim, reason=reason, news=(), now=now)
        case other:
            assert_never(other)
    await restart_silence(ledger, victim, since=now)
