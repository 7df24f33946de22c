"""What was somebody else's and may have been told: a person says so to her, and nothing of what is true instead."""

from datetime import datetime

from contracts.notifications import ContactReason

from notifications.deciding.ledger import Ledger
from notifications.decisions.news import News
from notifications.officer_contacts.asking import ask_officer, withdraw_contact
from notifications.tellings.telling import put_right_at, to_be_put_right, with_elsewhere


async def put_right(ledger: Ledger, news: News, *, now: datetime, asked: bool = False) -> None:
    """Ask an officer where she was told it, or may have been: by one who was `asked` and has recorded nothing yet.

    That one learns by it not to tell it any more. Who was only notified may never have opened it, and is not alarmed.
    """
    record, own = await ledger.decisions.of(news.news_id), await ledger.tellings.of(news.victim, news.news_id)
    tellings = with_elsewhere(news, own)
    if record is None or not news.withdrawn or news.moved:
        return
    perhaps = asked and put_right_at(tellings) is None
    if perhaps or to_be_put_right(tellings, given_at=record.given_at):
        await withdraw_contact(ledger, news.victim, news=news.news_id, now=now)
        await ask_officer(ledger, news.victim, reason=ContactReason.NOT_THEIRS, news=(news.news_id,), now=now)


async def stop_putting_right(ledger: Ledger, news: News, *, now: datetime) -> None:
    """It is hers after all: nobody has to tell her otherwise."""
    await withdraw_contact(ledger, news.victim, news=news.news_id, now=now, to_put_right=True)
