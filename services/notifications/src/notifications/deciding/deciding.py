"""Load what a decision needs, decide, and put the consequences in motion."""

from datetime import datetime

from contracts.ids import VictimId
from contracts.notifications import ContactReason

from notifications.deciding.amended import Amended
from notifications.deciding.ledger import Ledger
from notifications.deciding.rules import decide
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.news import News
from notifications.decisions.verdicts import Decision, Verdict
from notifications.officer_contacts.asking import ask_officer, withdraw_contact
from notifications.transaction.ledger import Alarm


async def decide_about(ledger: Ledger, news: News, *, now: datetime) -> Decision:
    """Decide with the promise in force in this transaction."""
    promise = await ledger.promises.in_force(news.victim)
    original = await amended_by(ledger, news)
    return decide(news, terms=promise.terms if promise else None, original=original, now=now)


async def amended_by(ledger: Ledger, news: News) -> Amended | None:
    """What this news corrects or retracts; None when it amends nothing or the original never came."""
    original = await ledger.decisions.of(news.corrects) if news.corrects is not None else None
    if original is None:
        return None
    amendments = await ledger.decisions.amendments_of(original.news.news_id, victim=news.victim)
    return Amended(original, tuple(record for record in amendments if record.news.news_id != news.news_id))


async def settle(ledger: Ledger, record: DecisionRecord, *, now: datetime) -> None:
    """Store a decision and act on it: an officer is asked at once; the alarm is the caller's, by `set_alarm`."""
    await ledger.decisions.keep(record)
    if record.verdict is Verdict.GIVE_TO_OFFICER and record.why is not None:
        await ask_officer(
            ledger, record.news.victim, reason=ContactReason(record.why), news=(record.news.news_id,), now=now
        )


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
        if record.pending:
            decision = await decide_about(ledger, record.news, now=now)
            await settle(ledger, record.decided(decision, at=now), now=now)
        elif record.waits_for_a_channel and not await _amended(ledger, record):
            await _tell_by_message(ledger, record, now=now)
    await set_alarm(ledger, victim)


async def _amended(ledger: Ledger, record: DecisionRecord) -> bool:
    """Whether something put it right or took it back: then it is never told by a message any more."""
    thread = record.news.corrects or record.news.news_id
    amendments = await ledger.decisions.amendments_of(thread, victim=record.news.victim)
    return bool(amendments) and amendments[-1].news.news_id != record.news.news_id


async def _tell_by_message(ledger: Ledger, record: DecisionRecord, *, now: datetime) -> None:
    anew = record.decided(await decide_about(ledger, record.news, now=now), at=now)
    if anew.pending:
        await ledger.decisions.keep(anew)
        await withdraw_contact(ledger, record.news.victim, news=record.news.news_id, now=now)
