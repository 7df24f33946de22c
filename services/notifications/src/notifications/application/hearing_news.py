"""News arrives: one decision for it, and its original is withdrawn when it has not left."""

from datetime import datetime

from contracts.ids import NewsId
from contracts.journey import Reach

from notifications.application.deciding import decide_about, set_alarm, settle
from notifications.application.ledger import Ledger
from notifications.domain.decision_record import DecisionRecord
from notifications.domain.messages import MessageState
from notifications.domain.news import News
from notifications.domain.verdicts import NotOwed, WhyNot, Withdrawn


async def hear_news(ledger: Ledger, news: News) -> None:
    """Make the one decision record of (news, victim).

    Hearing the same news again changes nothing, but when it reached only her officer before and may reach her now: then
    the same record is decided anew.
    """
    if not await ledger.decisions.arrive(news):
        await _reach_her_now(ledger, news)
        return
    now = await ledger.now()
    original = await _withdraw(ledger, news.corrects, now=now) if news.corrects else None
    await settle(ledger, await _first_record(ledger, news, original=original, now=now), now=now)
    await set_alarm(ledger, news.victim)


async def _reach_her_now(ledger: Ledger, news: News) -> None:
    if news.reach is not Reach.VICTIM or not await ledger.decisions.widen(news):
        return
    record, now = await ledger.decisions.of(news.news_id), await ledger.now()
    if record is None or record.told_at is not None:
        return
    await settle(ledger, record.decided(await decide_about(ledger, news, now=now), at=now), now=now)
    await set_alarm(ledger, news.victim)


async def _first_record(
    ledger: Ledger, news: News, *, original: DecisionRecord | None, now: datetime
) -> DecisionRecord:
    telling = await ledger.tellings.of(news.victim, news.news_id)
    if telling is not None:
        return DecisionRecord.first(news, NotOwed(telling.how), at=now).told(at=telling.at, why=telling.how)
    return DecisionRecord.first(news, await decide_about(ledger, news, now=now, original=original), at=now)


async def _withdraw(ledger: Ledger, news: NewsId, *, now: datetime) -> DecisionRecord | None:
    """The original, withdrawn if it certainly has not left."""
    original = await ledger.decisions.of(news)
    if original is None:
        return None
    if original.message_id is not None and original.notified_at is None:
        message = await ledger.messages.of(original.message_id)
        if message is not None and message.state is MessageState.CLAIMED:
            original = original.released(at=now)
    if not original.pending:
        return original
    withdrawn = original.decided(Withdrawn(WhyNot.CORRECTED), at=now)
    await ledger.decisions.keep(withdrawn)
    return withdrawn
