"""When a message may leave: at a safe moment, on a safe channel, and before the day that its news is about. Pure."""

from datetime import datetime, timedelta

from contracts.notifications import ContactReason

from notifications.decisions.news import News
from notifications.decisions.verdicts import Decision, GiveToOfficer, HoldUntil, TellNow
from notifications.promise.terms import Terms

NOTICE = timedelta(hours=24)
"""So long before a day its news may still be gathered: there is time to read it, and to arrange what it takes."""


def by_message(terms: Terms | None, *, earliest: datetime, now: datetime) -> TellNow | HoldUntil | GiveToOfficer:
    """The first safe moment not before `earliest` on the first safe channel; without either, an officer."""
    channel = terms.channel_for_messages() if terms is not None else None
    if terms is None or channel is None:
        return GiveToOfficer(ContactReason.NO_SAFE_CHANNEL)
    moment = terms.times.next_allowed(max(earliest, now))
    if moment is None:
        return GiveToOfficer(ContactReason.NO_SAFE_CHANNEL)
    return TellNow(channel.kind) if moment <= now else HoldUntil(moment)


def in_time(news: News, terms: Terms | None, *, earliest: datetime, now: datetime) -> Decision:
    """The same, for news about a day before it: gathered only as long as it leaves `NOTICE` before the day.

    Else it leaves at the first safe moment; where none lies before the day, an officer tells it. Once the day has
    come it is told as any other news: she has to know all the same.
    """
    gathered = by_message(terms, earliest=earliest, now=now)
    if news.about_at is None or news.about_at <= now or _leaves(gathered, now) + NOTICE <= news.about_at:
        return gathered
    soonest = by_message(terms, earliest=now, now=now)
    return soonest if _leaves(soonest, now) < news.about_at else GiveToOfficer(ContactReason.BEFORE_THE_DAY)


def _leaves(decision: TellNow | HoldUntil | GiveToOfficer, now: datetime) -> datetime:
    return decision.until if isinstance(decision, HoldUntil) else now
