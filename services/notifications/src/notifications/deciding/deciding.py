"""Load what a decision needs, ask the one function, and put the consequences in motion."""

from collections.abc import Sequence
from datetime import datetime

from contracts.ids import VictimId
from contracts.notifications import ContactReason

from notifications.deciding.amended import Amended
from notifications.deciding.ledger import Ledger
from notifications.deciding.rules import decide
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.news import News
from notifications.decisions.verdicts import Decision, HoldUntil, NotOwed, TellNow, Verdict, WhyNot
from notifications.messages.message import MessageState
from notifications.officer_contacts.asking import ask_officer, tell_by_message, withdraw_contact
from notifications.tellings.telling import telling_of
from notifications.transaction.ledger import Alarm


async def decide_about(ledger: Ledger, news: News, *, left: bool, now: datetime) -> Decision:
    """What the rules say of this news with all that is known in this transaction; `left` as its record says."""
    promise = await ledger.promises.in_force(news.victim)
    thread = await ledger.decisions.thread(news.thread, victim=news.victim)
    return decide(
        news,
        terms=promise.terms if promise else None,
        original=await _amended(ledger, [other for other in thread if other.order < news.order]),
        now=now,
        replaced=any(other.holds for other in thread if other.order > news.order),
        left=left,
    )


async def decide_thread(ledger: Ledger, news: News, *, now: datetime) -> None:
    """Decide anew about the item and all that amends it or that it amends: what one is told as hangs on the others."""
    for each in await ledger.decisions.thread(news.thread, victim=news.victim):
        await decide_item(ledger, each, now=now)
    await set_alarm(ledger, news.victim)


async def decide_item(ledger: Ledger, news: News, *, now: datetime) -> None:
    """Bring the one decision about this item up to what is known now."""
    record = await ledger.decisions.of(news.news_id)
    telling = telling_of(news, await ledger.tellings.of(news.victim, news.news_id))
    if telling is not None:
        why = WhyNot(telling.how.value)
        known = record or DecisionRecord.first(news, NotOwed(why), at=now)
        await ledger.decisions.keep(known.told(at=telling.at, why=why))
        return
    record = record.untold() if record is not None else None
    decision = await decide_about(ledger, news, left=record is not None and record.left, now=now)
    if record is None:
        record = DecisionRecord.first(news, decision, at=now)
        await ledger.decisions.keep(record)
        await _ask_where_given(ledger, record, now=now)
        return
    await settle(ledger, record, decision, now=now)


async def settle(ledger: Ledger, record: DecisionRecord, decision: Decision, *, now: datetime) -> None:
    """Store what was decided anew and act on it: an officer is asked at once, or told that they need not be.

    The alarm is the caller's, by `set_alarm`.
    """
    by_message = isinstance(decision, TellNow | HoldUntil)
    if by_message and (record.covered or record.fails_by_message):
        await ledger.decisions.keep(record)
        return
    freed = await _uncovered(ledger, record, decision, now=now)
    anew = freed.decided(decision, at=now)
    await ledger.decisions.keep(anew)
    await _ask_where_given(ledger, anew, now=now)
    if anew.verdict in (Verdict.NOT_OWED, Verdict.WITHDRAWN):
        await withdraw_contact(ledger, record.news.victim, news=record.news.news_id, now=now)
    elif by_message and record.waits_for_a_look:
        # The doubt was cleared: whoever says the news again sets the reminders of its duties anew.
        await withdraw_contact(ledger, record.news.victim, news=record.news.news_id, now=now)
    elif by_message and record.waits_for_a_channel:
        await tell_by_message(ledger, record.news.victim, news=record.news.news_id, now=now)


async def set_alarm(ledger: Ledger, victim: VictimId) -> None:
    """Ring when the earliest pending decision of this victim is due; no alarm without one."""
    pending = [record for record in await ledger.decisions.owed(victim) if record.pending]
    moments = [record.until for record in pending if record.until is not None]
    if moments:
        await ledger.alarms.set(Alarm.TELL, victim, min(moments))
    else:
        await ledger.alarms.cancel(Alarm.TELL, victim)


async def decide_pending_anew(ledger: Ledger, victim: VictimId) -> None:
    """After a change of the promise: everything that has not left is decided under the new terms.

    And what an officer was to tell for want of a safe channel: where a message may tell it now, the contact is
    withdrawn.
    """
    now = await ledger.now()
    for record in await ledger.decisions.owed(victim):
        if record.pending or record.waits_for_a_channel:
            decision = await decide_about(ledger, record.news, left=record.left, now=now)
            await settle(ledger, record, decision, now=now)
    await set_alarm(ledger, victim)


async def _amended(ledger: Ledger, earlier: Sequence[News]) -> Amended | None:
    found = [await ledger.decisions.of(each.news_id) for each in earlier]
    records = [record for record in found if record is not None]
    return Amended(records) if records else None


async def _ask_where_given(ledger: Ledger, record: DecisionRecord, *, now: datetime) -> None:
    if record.verdict is Verdict.GIVE_TO_OFFICER and record.why is not None:
        news, reason = record.news, ContactReason(record.why)
        await ask_officer(ledger, news.victim, reason=reason, news=(news.news_id,), now=now)


async def _uncovered(ledger: Ledger, record: DecisionRecord, decision: Decision, *, now: datetime) -> DecisionRecord:
    """Without the message that covered it, where that has certainly not left; or where another one is to tell it."""
    if record.message_id is None:
        return record
    message = await ledger.messages.of(record.message_id)
    state = message.state if message is not None else MessageState.WITHDRAWN
    told_anew = isinstance(decision, TellNow | HoldUntil) and state is not MessageState.HANDED
    return record.released(at=now) if told_anew or state is MessageState.CLAIMED else record
