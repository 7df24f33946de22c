"""Duties that journey opened and met: a reminder for each that is met by telling."""

from contracts.ids import DutyKey
from contracts.notifications import ContactReason

from notifications.deciding.ledger import Ledger
from notifications.decisions.verdicts import WhyNot
from notifications.duties.duty import Duty
from notifications.officer_contacts.asking import ask_officer
from notifications.transaction.ledger import Alarm


async def open_duty(ledger: Ledger, duty: Duty) -> None:
    """Remember it and set its reminder."""
    await ledger.duties.open(duty)
    if duty.news is not None:
        await ledger.alarms.set(Alarm.DUTY_REMINDER, duty.key, duty.reminder_at)


async def meet_duty(ledger: Ledger, key: DutyKey) -> None:
    """It needs no reminder any more."""
    await ledger.duties.meet(key)
    await ledger.alarms.cancel(Alarm.DUTY_REMINDER, key)


async def remind_of_duty(ledger: Ledger, key: DutyKey) -> None:
    """At the reminder: news that the victim still does not know becomes an officer's contact, before the deadline.

    Also news that no message was owed for: while journey holds its duty open, somebody has to tell it.
    """
    duty = await ledger.duties.of(key)
    if duty is None or duty.met or duty.news is None:
        return
    await ledger.lock([duty.victim])
    record = await ledger.decisions.of(duty.news)
    corrected = record is not None and record.why == WhyNot.CORRECTED.value
    if corrected or await ledger.tellings.of(duty.victim, duty.news) is not None:
        return
    await ask_officer(ledger, duty.victim, reason=ContactReason.NOT_SEEN, news=(duty.news,), now=await ledger.now())
