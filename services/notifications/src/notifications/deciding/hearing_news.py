"""What is said of news: that it arrived, that it stands otherwise now, that it is not hers. What is said last holds."""

from dataclasses import replace
from datetime import datetime

from contracts.ids import NewsId, VictimId

from notifications.deciding.deciding import decide_thread
from notifications.deciding.ledger import Ledger
from notifications.deciding.putting_right import put_right, stop_putting_right
from notifications.deciding.reminders import remind_again
from notifications.decisions.news import News
from notifications.decisions.verdicts import Verdict
from notifications.errors import NewsOfSomebodyElse
from notifications.officer_contacts.asking import withdraw_contact


async def hear_news(ledger: Ledger, said: News) -> None:
    """Remember it as it is said now and decide; hearing the same again changes nothing.

    Raises `NewsOfSomebodyElse` where the same id was said of another victim.
    """
    known = await ledger.decisions.heard(said.news_id)
    if known is not None and known.victim != said.victim:
        raise NewsOfSomebodyElse("this item was said of another victim before: its publisher must look")
    news = said if known is None else known.said_again(said)
    if news == known:
        return
    now = await ledger.now()
    await ledger.decisions.note(news)
    if known is not None and known.withdrawn:
        await stop_putting_right(ledger, news, now=now)
    if known is not None and known.about_at != news.about_at:
        await _ask_by_another_time(ledger, news, now=now)
    await decide_thread(ledger, news, now=now)
    if news.told_at is not None:
        await ledger.contacts.forget(news.victim, news.news_id, to_put_right=False)
    if known is not None:
        await remind_again(ledger, news.news_id)


async def hear_withdrawal(ledger: Ledger, victim: VictimId, *, news: NewsId, moved: bool = False) -> None:
    """It was never this victim's: it must not leave any more, and where they may know it, an officer puts it right.

    Where it `moved`, it is hers, and goes on under another id: nothing leaves under this one, and nothing is put right.
    """
    known, now = await ledger.decisions.heard(news), await ledger.now()
    if known is None or known.victim != victim or (known.withdrawn and known.moved == moved):
        return
    withdrawn = replace(known, withdrawn=True, moved=moved)
    await ledger.decisions.note(withdrawn)
    if moved:
        await stop_putting_right(ledger, withdrawn, now=now)
    # Who was only to look at a doubt has told nobody; who was to tell it before is remembered in its decision.
    record = await ledger.decisions.of(news)
    looked_at = record is not None and record.waits_for_a_look
    may_know = not looked_at and await ledger.contacts.asked(victim, news)
    await decide_thread(ledger, withdrawn, now=now)
    await put_right(ledger, withdrawn, asked=may_know, now=now)


async def _ask_by_another_time(ledger: Ledger, news: News, *, now: datetime) -> None:
    """It is about another day now: the officer who is to tell it is asked anew, as the contact is due by the day."""
    record = await ledger.decisions.of(news.news_id)
    if record is not None and record.owed and record.verdict is Verdict.GIVE_TO_OFFICER:
        await withdraw_contact(ledger, news.victim, news=news.news_id, now=now)
