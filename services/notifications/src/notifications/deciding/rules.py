"""Decide how one item of news reaches one victim: the one function that everybody asks. Pure."""

from datetime import datetime

from contracts.journey import Reach
from contracts.notifications import ContactReason
from contracts.telling import Tell

from notifications.deciding.amended import Amended
from notifications.deciding.safe_moments import in_time
from notifications.decisions.decision_record import Fate
from notifications.decisions.news import News
from notifications.decisions.verdicts import (
    Decision,
    GiveToOfficer,
    NotOwed,
    WhyNot,
    Withdrawn,
)
from notifications.promise.terms import Terms


def decide(
    news: News,
    *,
    terms: Terms | None,
    original: Amended | None,
    now: datetime,
    replaced: bool = False,
    left: bool = False,
) -> Decision:
    """What to do about `news` at business time `now`.

    `terms` is None when no promise was agreed: then no channel is known to be safe. `original` is what this one
    corrects or retracts, None when it corrects nothing or the original never came. `replaced`: something that corrects
    or retracts it came after it. `left`: a message about it may have left, or an officer may have told it.
    """
    gone = _why_gone(news, replaced=replaced)
    if gone is not None:
        return NotOwed(gone) if left else Withdrawn(gone)
    if original is not None and original.fate is Fate.REACHED and news.holds:
        return _correct_what_was_told(news, tell=original.tell, terms=terms, now=now)
    not_owed = _why_not_owed(news, original)
    if not_owed is not None:
        return NotOwed(not_owed)
    if news.reach is Reach.OFFICER:
        return GiveToOfficer(ContactReason.DOUBT)
    if _tell(news, original) is Tell.OFFICER_FIRST:
        return GiveToOfficer(ContactReason.OFFICER_FIRST)
    return in_time(news, terms, earliest=_earliest(news, terms, original=original, now=now), now=now)


def _correct_what_was_told(news: News, *, tell: Tell, terms: Terms | None, now: datetime) -> Decision:
    """Whoever may have been told something false is told so, whatever else would make the correction not owed."""
    if news.reach is Reach.OFFICER:
        return GiveToOfficer(ContactReason.DOUBT)
    # A backfill may never send; but a false belief we caused can't stay either, so a person puts it right.
    if news.backfill or tell is Tell.OFFICER_FIRST or news.tell is Tell.OFFICER_FIRST:
        return GiveToOfficer(ContactReason.OFFICER_FIRST)
    return in_time(news, terms, earliest=now, now=now)


def _why_gone(news: News, *, replaced: bool) -> WhyNot | None:
    if news.withdrawn:
        return WhyNot.ANOTHER_ID if news.moved else WhyNot.NOT_THEIRS
    # History stays history: what amends it is not owed either.
    return WhyNot.CORRECTED if replaced and not news.backfill else None


def _why_not_owed(news: News, original: Amended | None) -> WhyNot | None:
    if news.backfill:
        return WhyNot.BACKFILL
    if news.retracts:
        return WhyNot.ORIGINAL_NEVER_NOTIFIED
    if original is not None and original.fate is Fate.NOT_OWED:
        return WhyNot.ORIGINAL_NOT_OWED
    if not news.standing:
        return WhyNot.SUPERSEDED
    return WhyNot.TELLS_NOBODY if _tell(news, original) is Tell.NOBODY else None


def _tell(news: News, original: Amended | None) -> Tell:
    """As what it says is told; one that says nothing of its own, as its original. A person's words stay a person's."""
    if original is None:
        return news.tell
    if news.says_type is None or original.tell is Tell.OFFICER_FIRST:
        return original.tell
    return news.tell


def _earliest(news: News, terms: Terms | None, *, original: Amended | None, now: datetime) -> datetime:
    """When it may leave at the earliest: what is urgent waits for no digest, nor what amends it."""
    urgent = news.urgent or (original is not None and original.urgent)
    if terms is None or terms.at_once or urgent:
        return now
    return terms.times.next_day(news.known_at)
