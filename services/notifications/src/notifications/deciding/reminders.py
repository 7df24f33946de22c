"""Duties that journey opened, changed and met: a reminder for each that is met by telling."""

from datetime import datetime

from contracts.ids import ContactId, DutyKey, NewsId, VictimId
from contracts.journey import Reach
from contracts.notifications import ContactReason

from notifications.deciding.ledger import Ledger
from notifications.decisions.decision_record import DecisionRecord
from notifications.duties.duty import Duty
from notifications.officer_contacts.asking import ask_officer
from notifications.officer_contacts.due import last_call
from notifications.tellings.telling import Contact
from notifications.transaction.ledger import Alarm


async def open_duty(ledger: Ledger, duty: Duty) -> None:
    """Remember it and set its reminder."""
    await ledger.duties.open(duty)
    await _set_reminder(ledger, duty)


async def change_duty(ledger: Ledger, duty: Duty) -> None:
    """It is otherwise now, or open again. One never heard of is opened by it; another victim's stays as it is."""
    known = await ledger.duties.of(duty.key)
    if known is None or known.victim == duty.victim:
        await ledger.duties.change(duty)
        await _set_reminder(ledger, duty)


async def meet_duty(ledger: Ledger, key: DutyKey) -> None:
    """It needs no reminder any more."""
    await ledger.duties.meet(key)
    await ledger.alarms.cancel(Alarm.DUTY_REMINDER, key)


async def meet_by_contact(ledger: Ledger, victim: VictimId, key: DutyKey, *, contact: Contact) -> None:
    """An officer says that this met it; not what happened only afterwards. Another victim's stays as it is."""
    duty = await ledger.duties.of(key)
    if duty is None or duty.victim != victim:
        return
    news = await ledger.decisions.heard(duty.news) if duty.news is not None else None
    if news is None or news.occurred_at <= contact.made_at:
        await ledger.duties.meet(key, by=contact.contact)
        await ledger.alarms.cancel(Alarm.DUTY_REMINDER, key)


async def reopen_met_by(ledger: Ledger, contact: ContactId) -> None:
    """The contact was taken back: what it alone met is owed as before."""
    for duty in await ledger.duties.reopen(contact):
        await _set_reminder(ledger, duty)


async def remind_again(ledger: Ledger, news: NewsId) -> None:
    """What is said of its news is otherwise now: a reminder that had nothing to say may have something."""
    for duty in await ledger.duties.unmet_about([news]):
        await _set_reminder(ledger, duty)


async def remind_of_duty(ledger: Ledger, key: DutyKey) -> None:
    """At the reminder: news that the victim still does not know becomes an officer's contact, before the deadline.

    Also news that no message was owed for: while journey holds its duty open, somebody has to tell it. A message that
    may still leave before the deadline is waited for, as long as an officer is left the time to call.
    """
    duty = await ledger.duties.of(key)
    if duty is None or duty.met or duty.news is None:
        return
    await ledger.lock([duty.victim])
    record, now = await ledger.decisions.of(duty.news), await ledger.now()
    if record is None and await ledger.tellings.of(duty.victim, duty.news):
        return
    if record is not None and (record.gone or record.told_at is not None):
        return
    latest = last_call(duty.due_at, calendar=ledger.calendar)
    if record is not None and now < latest and _leaves_before(duty.due_at, record):
        await ledger.alarms.set(Alarm.DUTY_REMINDER, key, latest)
        return
    reason = ContactReason.DOUBT if duty.reach is Reach.OFFICER else ContactReason.NOT_SEEN
    await ask_officer(ledger, duty.victim, reason=reason, news=(duty.news,), now=now)


async def _set_reminder(ledger: Ledger, duty: Duty) -> None:
    if duty.news is None:
        await ledger.alarms.cancel(Alarm.DUTY_REMINDER, duty.key)
        return
    now = await ledger.now()
    at_once = duty.reach is Reach.OFFICER or duty.due_at <= now
    await ledger.alarms.set(Alarm.DUTY_REMINDER, duty.key, now if at_once else duty.reminder_at)


def _leaves_before(due_at: datetime, record: DecisionRecord) -> bool:
    return record.pending and record.until is not None and record.until < due_at
