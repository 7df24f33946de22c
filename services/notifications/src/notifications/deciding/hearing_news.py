"""What is said of news: that it arrived, that it stands otherwise now, that it is not hers. What is said last holds."""

from dataclasses import replace

from contracts.ids import NewsId, VictimId

from notifications.deciding.deciding import decide_thread
from notifications.deciding.ledger import Ledger
from notifications.deciding.putting_right import put_right, stop_putting_right
from notifications.deciding.reminders import remind_again
from notifications.decisions.news import News
from notifications.errors import NewsOfSomebodyElse


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
    await decide_thread(ledger, news, now=now)
    if known is not None:
        await remind_again(ledger, news.news_id)


async def hear_withdrawal(ledger: Ledger, victim: VictimId, *, news: NewsId) -> None:
    """It was never this victim's: it must not leave any more, and where they may know it, an officer puts it right."""
    known, now = await ledger.decisions.heard(news), await ledger.now()
    if known is None or known.victim != victim or known.withdrawn:
        return
    withdrawn = replace(known, withdrawn=True)
    await ledger.decisions.note(withdrawn)
    may_know = await ledger.contacts.asked(victim, news)
    await decide_thread(ledger, withdrawn, now=now)
    await put_right(ledger, withdrawn, asked=may_know, now=now)
