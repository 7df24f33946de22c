"""The victim comes to know: by opening an item signed in, or from an officer. Only this counts as told."""

from collections.abc import Sequence
from datetime import datetime

from contracts.ids import DutyKey, NewsId, VictimId

from notifications.deciding.deciding import set_alarm
from notifications.deciding.reminders import meet_duty
from notifications.decisions.verdicts import WhyNot
from notifications.errors import NewsOfSomebodyElse
from notifications.hearing.ledger import Ledger
from notifications.keeping_in_touch.silence import restart_silence
from notifications.tellings.facts import NewsSeen
from notifications.tellings.ledger import Telling


async def see_news(ledger: Ledger, victim: VictimId, *, news: NewsId, seen_at: datetime) -> None:
    """The victim opened this item. Saying so again changes nothing. Raises `NewsOfSomebodyElse`."""
    await ledger.lock([victim])
    record = await ledger.decisions.of(news)
    if record is not None and record.news.victim != victim:
        raise NewsOfSomebodyElse("this item is not this victim's: ask for the victim's own items")
    now = await ledger.now()
    if await _told(ledger, victim, news=news, telling=Telling(min(seen_at, now), WhyNot.SEEN)):
        ledger.record(NewsSeen(victim, news, seen_at, now))
        await _restart(ledger, victim, min(seen_at, now))


async def hear_of_contact(
    ledger: Ledger, victim: VictimId, *, news: Sequence[NewsId], duties: Sequence[DutyKey], made_at: datetime
) -> None:
    """An officer told the victim these things, perhaps over several crimes at once. Another's stays as it is."""
    made_at = min(made_at, await ledger.now())
    for key in duties:
        duty = await ledger.duties.of(key)
        if duty is not None and duty.victim == victim:
            await meet_duty(ledger, key)
    for each in news:
        await _told(ledger, victim, news=each, telling=Telling(made_at, WhyNot.TOLD_BY_OFFICER))
    await _restart(ledger, victim, made_at)


async def _told(ledger: Ledger, victim: VictimId, *, news: NewsId, telling: Telling) -> bool:
    if not await ledger.tellings.note(victim, news, telling):
        return False
    record = await ledger.decisions.of(news)
    if record is not None and record.news.victim == victim:
        await ledger.decisions.keep(record.told(at=telling.at, why=telling.how))
    return True


async def _restart(ledger: Ledger, victim: VictimId, at: datetime) -> None:
    await ledger.tellings.told(victim, at)
    await restart_silence(ledger, victim)
    await set_alarm(ledger, victim)
