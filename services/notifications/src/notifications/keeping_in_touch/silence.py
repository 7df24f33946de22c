"""The longest silence is a promise of its own: when it has passed, a message leaves or an officer is asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from contracts.ids import MessageId, NewsId, VictimId
from contracts.notifications import ContactReason, MessageKind

from notifications.deciding.safe_moments import by_message
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.verdicts import GiveToOfficer, HoldUntil, TellNow
from notifications.keeping_in_touch.facts import SilenceBroken
from notifications.keeping_in_touch.ledger import Ledger
from notifications.keeping_in_touch.promised_silence import Asked
from notifications.messages.message import Message
from notifications.officer_contacts.asking import ask_officer
from notifications.promise.ledger import PromiseInForce
from notifications.transaction.ledger import Alarm

TIME_TO_LEAVE = timedelta(hours=1)
"""So long after its safe moment news counts as on its way, and not as silence."""


async def hear_from_us(ledger: Ledger, victim: VictimId, *, at: datetime) -> None:
    """A message left, or a promise was agreed: the promised interval begins anew."""
    await ledger.silences.keep(victim, (await ledger.silences.of(victim)).heard(at))
    await restart_silence(ledger, victim)


async def restart_silence(ledger: Ledger, victim: VictimId) -> None:
    """Count the promised interval from the latest of what began one: a telling, a message, an officer asked."""
    promise = await ledger.promises.in_force(victim)
    if promise is None or promise.terms.frequency_days is None:
        await ledger.alarms.cancel(Alarm.NOTHING_CHANGED, victim)
        return
    starts = (await ledger.silences.of(victim)).starts(await ledger.tellings.last(victim))
    if starts is not None:
        due = starts + timedelta(days=promise.terms.frequency_days)
        await ledger.alarms.set(Alarm.NOTHING_CHANGED, victim, due)


async def break_silence(ledger: Ledger, victim: VictimId) -> None:
    """The interval has passed: send the neutral message by the same safe path, hold it, or ask an officer.

    Where news is still owed, "nothing has changed" would be untrue. News that leaves as soon as any message may ends
    the silence itself; with any other (untold, in doubt, unopened, waiting for longer) an officer is asked each time;
    and where news goes on under another id of theirs: what has changed since is not known under this one.
    """
    await ledger.lock([victim])
    now = await ledger.now()
    promise = await ledger.promises.in_force(victim)
    if promise is None or not await silence_is_over(ledger, victim, promise=promise, now=now):
        await restart_silence(ledger, victim)
        return
    owed = await ledger.decisions.owed(victim)
    unsaid = bool(owed) or await ledger.decisions.goes_on_elsewhere(victim)
    looked_at_again = _when_left(owed, promise=promise, now=now) if unsaid else _when_safe(promise, now=now)
    if looked_at_again is not None:
        await ledger.alarms.set(Alarm.NOTHING_CHANGED, victim, looked_at_again)
        return
    await _say_what_was_broken(ledger, victim, promise=promise, now=now)
    if unsaid:
        await _leave_to_officer(ledger, victim, owed=owed, now=now)
    else:
        await _say_that_nothing_changed(ledger, victim, promise=promise, now=now)
    await restart_silence(ledger, victim)


async def ask_to_end_silence(
    ledger: Ledger, victim: VictimId, *, reason: ContactReason, news: Sequence[NewsId], now: datetime
) -> bool:
    """Ask an officer instead of a message, and remember by when; False where they were asked about all of it before."""
    due_by = await ask_officer(ledger, victim, reason=reason, news=news, now=now)
    if due_by is None:
        return False
    silence, told = await ledger.silences.of(victim), await ledger.tellings.last(victim)
    await ledger.silences.keep(victim, silence.given(Asked(now, due_by), told=told))
    return True


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
    unsent = [
        record.until
        for record in owed
        if record.until is not None and (record.notified_at is None or record.notified_at < record.until)
    ]
    left = [until + TIME_TO_LEAVE for until in unsent if now < until + TIME_TO_LEAVE and until <= soonest]
    return max(left, default=None)


def _when_safe(promise: PromiseInForce, *, now: datetime) -> datetime | None:
    """The next safe hour, where there is one and it is not now."""
    decision = by_message(promise.terms, earliest=now, now=now)
    return decision.until if isinstance(decision, HoldUntil) else None


async def _say_what_was_broken(ledger: Ledger, victim: VictimId, *, promise: PromiseInForce, now: datetime) -> None:
    silence, told = await ledger.silences.of(victim), await ledger.tellings.last(victim)
    ended_by = _ended_by(silence.starts(told) or now, promise=promise)
    breach = silence.breach(told=told, ended_by=ended_by, now=now)
    if breach is not None:
        ledger.record(SilenceBroken(victim, breach, now))


def _ended_by(starts: datetime, *, promise: PromiseInForce) -> datetime:
    """When the interval that began then was to end: at the first safe hour after it."""
    due = starts + timedelta(days=promise.terms.frequency_days or 0)
    return _when_safe(promise, now=due) or due


async def _leave_to_officer(ledger: Ledger, victim: VictimId, *, owed: Sequence[DecisionRecord], now: datetime) -> None:
    unseen = [record.news.news_id for record in owed if record.notified_at is not None]
    if unseen and await ask_to_end_silence(ledger, victim, reason=ContactReason.NOT_SEEN, news=unseen, now=now):
        return
    await ask_to_end_silence(ledger, victim, reason=ContactReason.SILENCE, news=(), now=now)


async def _say_that_nothing_changed(
    ledger: Ledger, victim: VictimId, *, promise: PromiseInForce, now: datetime
) -> None:
    decision = by_message(promise.terms, earliest=now, now=now)
    if isinstance(decision, GiveToOfficer):
        await ask_to_end_silence(ledger, victim, reason=decision.reason, news=(), now=now)
    elif isinstance(decision, TellNow):
        message = Message.claim(
            MessageId(ledger.new_id()),
            victim=victim,
            channel=decision.channel,
            kind=MessageKind.NOTHING_CHANGED,
            news=(),
            promise_version=promise.version,
            at=now,
        )
        await ledger.messages.keep(message)
        await ledger.silences.keep(victim, (await ledger.silences.of(victim)).counted(now))
