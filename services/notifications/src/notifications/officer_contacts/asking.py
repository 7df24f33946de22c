"""Ask an officer to make contact, once for each item of news, and say that it need not be."""

from collections.abc import Sequence
from datetime import datetime

from contracts.ids import ContactId, NewsId, VictimId
from contracts.notifications import ContactReason

from notifications.officer_contacts.due import due
from notifications.officer_contacts.facts import OfficerContactDue, OfficerContactWithdrawn
from notifications.officer_contacts.ledger import Ledger


async def ask_officer(
    ledger: Ledger, victim: VictimId, *, reason: ContactReason, news: Sequence[NewsId], now: datetime
) -> datetime | None:
    """Ask for one contact about those of `news` that no officer was asked about before: by when; None where none is.

    Due by the earliest open duty about them, or the end of the next working day, and before the day that one of them
    is about. With no news at all (the
    promised time has passed) the contact is always asked for. To tell an item is one thing, to put right that it was
    told to somebody whose it is not is another: each is asked for once.
    """
    to_put_right = reason is ContactReason.NOT_THEIRS
    fresh = await ledger.contacts.not_yet_asked(victim, news, to_put_right=to_put_right)
    if news and not fresh:
        return None
    duties = () if to_put_right else await ledger.duties.unmet_about(fresh)
    days = () if to_put_right else await _days_ahead(ledger, fresh, now=now)
    due_by = due([duty.due_at for duty in duties], days=days, now=now, calendar=ledger.calendar)
    contact = ContactId(ledger.new_id())
    await ledger.contacts.ask(contact, victim, fresh, to_put_right=to_put_right)
    if not to_put_right and reason is not ContactReason.DOUBT:
        await _may_be_told_from_now(ledger, fresh, now=now)
    keys = tuple(duty.key for duty in duties)
    ledger.record(OfficerContactDue(contact, victim, reason, tuple(fresh), keys, due_by, now))
    return due_by


async def withdraw_contact(
    ledger: Ledger, victim: VictimId, *, news: NewsId, now: datetime, to_put_right: bool = False
) -> None:
    """Nobody has to make contact about this item any more; a contact that is about other news as well stays."""
    contact = await ledger.contacts.withdraw(victim, news, to_put_right=to_put_right)
    if contact is not None:
        ledger.record(OfficerContactWithdrawn(contact, victim, now))


async def tell_by_message(ledger: Ledger, victim: VictimId, *, news: NewsId, now: datetime) -> None:
    """A message tells this item instead of the officer who was asked.

    Not where a duty's reminder has rung already: nobody would be reminded again, should the message not be opened.
    """
    if not any(duty.reminder_at <= now for duty in await ledger.duties.unmet_about([news])):
        await withdraw_contact(ledger, victim, news=news, now=now)


async def _may_be_told_from_now(ledger: Ledger, news: Sequence[NewsId], *, now: datetime) -> None:
    """They may tell it before they record so; whatever becomes of it, that is remembered."""
    found = [await ledger.decisions.of(each) for each in news]
    for record in found:
        if record is not None and record.owed and record.given_at is None:
            await ledger.decisions.keep(record.given(now))


async def _days_ahead(ledger: Ledger, news: Sequence[NewsId], *, now: datetime) -> Sequence[datetime]:
    found = [await ledger.decisions.heard(each) for each in news]
    return [each.about_at for each in found if each is not None and each.about_at is not None and each.about_at > now]
