"""The victim comes to know: by opening an item signed in, or from an officer. Only this counts as told."""

from dataclasses import replace
from datetime import datetime

from contracts.ids import ContactId, NewsId, VictimId

from notifications.deciding.deciding import decide_thread, set_alarm
from notifications.deciding.putting_right import put_right
from notifications.deciding.reminders import meet_by_contact, reopen_met_by
from notifications.errors import NewsOfSomebodyElse
from notifications.hearing.ledger import Ledger
from notifications.keeping_in_touch.silence import restart_silence
from notifications.tellings.facts import NewsSeen
from notifications.tellings.telling import Contact, How, Telling, telling_of


async def see_news(ledger: Ledger, victim: VictimId, *, news: NewsId, seen_at: datetime) -> None:
    """The victim opened this item. Saying so again changes nothing. Raises `NewsOfSomebodyElse`."""
    await ledger.lock([victim])
    known = await ledger.decisions.heard(news)
    if known is not None and known.victim != victim:
        raise NewsOfSomebodyElse("this item is not this victim's: ask for the victim's own items")
    now = await ledger.now()
    at = min(seen_at, now)
    if await ledger.tellings.note(victim, news, Telling(at, How.SEEN)):
        ledger.record(NewsSeen(victim, news, seen_at, now))
        await ledger.tellings.looked(victim, at)
        await _look_again(ledger, victim, news, now=now)
        await _restart(ledger, victim)


async def hear_of_contact(ledger: Ledger, victim: VictimId, said: Contact) -> None:
    """An officer told the victim these things, perhaps over several crimes at once. Another's stays as it is.

    A contact about nothing tells nothing and ends only the silence. One that was taken back is as if never made.
    """
    now = await ledger.now()
    contact = replace(said, made_at=min(said.made_at, now))
    if not await ledger.tellings.in_touch(contact.contact, victim, contact.made_at):
        return
    for key in contact.duties:
        await meet_by_contact(ledger, victim, key, contact=contact)
    for how, named in ((How.PUT_RIGHT, contact.put_right), (How.TOLD, contact.news)):
        for each in named:
            await ledger.tellings.note(victim, each, Telling(contact.made_at, how, contact.contact))
    for each in contact.put_right:
        await ledger.contacts.made(victim, each, to_put_right=True, by=contact.contact)
    for each in dict.fromkeys([*contact.news, *contact.put_right]):
        await _look_again(ledger, victim, each, now=now)
    await _restart(ledger, victim)


async def take_contact_back(ledger: Ledger, victim: VictimId, contact: ContactId) -> None:
    """It was recorded in error: whatever it told or met is untold and owed as before, and ended no silence.

    The officer who was asked is so still, by the contact of then: nobody is asked about the same anew.
    """
    now = await ledger.now()
    await ledger.contacts.reopen(victim, by=contact)
    for each in await ledger.tellings.take_back(contact, victim):
        await _look_again(ledger, victim, each, now=now)
    await reopen_met_by(ledger, contact)
    await _restart(ledger, victim)


async def _look_again(ledger: Ledger, victim: VictimId, news: NewsId, *, now: datetime) -> None:
    known = await ledger.decisions.heard(news)
    if known is None or known.victim != victim:
        return
    await decide_thread(ledger, known, now=now)
    telling = telling_of(known, await ledger.tellings.of(victim, news))
    if telling is not None:
        await ledger.contacts.made(victim, news, to_put_right=False, by=telling.contact)
    await put_right(ledger, known, now=now)


async def _restart(ledger: Ledger, victim: VictimId) -> None:
    await restart_silence(ledger, victim)
    await set_alarm(ledger, victim)
