"""News arrives: one decision for it, and what it corrects is withdrawn when it has not left. And it is withdrawn."""

from datetime import datetime

from contracts.ids import NewsId, VictimId
from contracts.journey import Reach
from contracts.notifications import ContactReason

from notifications.deciding.deciding import amended_by, decide_about, set_alarm, settle
from notifications.deciding.ledger import Ledger
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.news import News
from notifications.decisions.verdicts import NotOwed, Verdict, WhyNot, Withdrawn
from notifications.messages.message import MessageState
from notifications.officer_contacts.asking import ask_officer


async def hear_news(ledger: Ledger, news: News) -> None:
    """Make the one decision record of (news, victim).

    Hearing the same news again changes nothing, but when it reached only her officer before and may reach her now: then
    the same record is decided anew.
    """
    if not await ledger.decisions.arrive(news):
        await _reach_her_now(ledger, news)
        return
    now = await ledger.now()
    amended = await amended_by(ledger, news)
    for record in amended.records if amended else ():
        await _withdraw(ledger, record, why=WhyNot.CORRECTED, now=now)
    await settle(ledger, await _first_record(ledger, news, now=now), now=now)
    await set_alarm(ledger, news.victim)


async def hear_withdrawal(ledger: Ledger, victim: VictimId, *, news: NewsId) -> None:
    """The news was never this victim's: it must not leave any more, and where it was told, an officer puts it right."""
    record, now = await ledger.decisions.of(news), await ledger.now()
    if record is None or record.news.victim != victim:
        return
    if record.told_at is not None:
        await ask_officer(ledger, victim, reason=ContactReason.NOT_THEIRS, news=(), now=now)
    elif record.verdict is Verdict.GIVE_TO_OFFICER:
        await ledger.decisions.keep(record.decided(NotOwed(WhyNot.NOT_THEIRS), at=now))
    else:
        await _withdraw(ledger, record, why=WhyNot.NOT_THEIRS, now=now)
    await set_alarm(ledger, victim)


async def _reach_her_now(ledger: Ledger, news: News) -> None:
    if news.reach is not Reach.VICTIM or not await ledger.decisions.widen(news):
        return
    record, now = await ledger.decisions.of(news.news_id), await ledger.now()
    if record is None or record.told_at is not None:
        return
    await settle(ledger, record.decided(await decide_about(ledger, news, now=now), at=now), now=now)
    await set_alarm(ledger, news.victim)


async def _first_record(ledger: Ledger, news: News, *, now: datetime) -> DecisionRecord:
    telling = await ledger.tellings.of(news.victim, news.news_id)
    if telling is not None:
        return DecisionRecord.first(news, NotOwed(telling.how), at=now).told(at=telling.at, why=telling.how)
    return DecisionRecord.first(news, await decide_about(ledger, news, now=now), at=now)


async def _withdraw(ledger: Ledger, record: DecisionRecord, *, why: WhyNot, now: datetime) -> None:
    """Withdraw what was wrong if it certainly has not left; if it has, she need not open it any more."""
    if record.message_id is not None and record.notified_at is None:
        message = await ledger.messages.of(record.message_id)
        if message is not None and message.state is MessageState.CLAIMED:
            record = record.released(at=now)
    if record.pending:
        await ledger.decisions.keep(record.decided(Withdrawn(why), at=now))
    elif record.owed and record.message_id is not None:
        await ledger.decisions.keep(record.decided(NotOwed(why), at=now))
