"""What was somebody else's and may have been told: a person says so to her, and nothing of what is true instead."""

from datetime import datetime

from contracts.notifications import ContactReason

from notifications.deciding.ledger import Ledger
from notifications.decisions.news import News
from notifications.officer_contacts.asking import ask_officer, withdraw_contact


async def put_right(ledger: Ledger, news: News, *, asked: bool, now: datetime) -> None:
    """Ask an officer where she was told it, or may have been: by one who was `asked` and has recorded nothing yet.

    That one learns by it not to tell it any more. Who was only notified may never have opened it, and is not alarmed.
    """
    record = await ledger.decisions.of(news.news_id)
    if record is None or not news.withdrawn:
        return
    if asked or record.told_at is not None or record.given_at is not None:
        await withdraw_contact(ledger, news.victim, news=news.news_id, now=now)
        await ask_officer(ledger, news.victim, reason=ContactReason.NOT_THEIRS, news=(news.news_id,), now=now)


async def stop_putting_right(ledger: Ledger, news: News, *, now: datetime) -> None:
    """It is hers after all: nobody has to tell her otherwise."""
    await withdraw_contact(ledger, news.victim, news=news.news_id, now=now, to_put_right=True)
