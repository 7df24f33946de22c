"""What the HTTP interface answers: the status of one victim, as JSON."""

from collections.abc import Sequence
from datetime import date, datetime

from contracts.duties import DUTIES

from journey.timeline.entries import Entry
from journey.timeline.http_answers import Answer, FreshnessLine, freshness_lines
from journey.timeline.reading import OwedNow, Timeline


class NextDateLine(Answer):
    """The next date that is known."""

    what: str
    when: str
    on: date


class ContactLine(Answer):
    """The single point of contact."""

    role: str
    name: str | None
    phone: str | None
    email: str | None
    since: datetime


class OwedLine(Answer):
    """One thing owed now."""

    duty_key: str
    duty_id: str
    what: str
    owner: str
    opened_at: datetime
    due_at: datetime
    reminder_at: datetime
    code_edition: str
    due_beyond_calendar: bool
    news_id: str


class NewsLine(Answer):
    """One piece of news and how far it went."""

    news_id: str
    what: str
    notified_at: datetime | None
    told_at: datetime | None
    told_how: str | None


class StatusAnswer(Answer):
    """Where things are now, what is owed by when, what was notified and what was told."""

    victim_id: str
    read_at: datetime
    where_things_are: list[str]
    next_date: NextDateLine | None
    contact: ContactLine | None
    owed: list[OwedLine]
    news: list[NewsLine]
    freshness: list[FreshnessLine]


def status_answer(timeline: Timeline) -> StatusAnswer:
    """The status as JSON."""
    status = timeline.status
    return StatusAnswer(
        victim_id=timeline.victim_id,
        read_at=timeline.read_at,
        where_things_are=list(status.stages),
        next_date=NextDateLine.model_validate(status.next_date, from_attributes=True) if status.next_date else None,
        contact=ContactLine.model_validate(status.contact, from_attributes=True) if status.contact else None,
        owed=[_owed(duty) for duty in timeline.owed],
        news=_news(timeline.entries),
        freshness=freshness_lines(timeline),
    )


def _owed(duty: OwedNow) -> OwedLine:
    return OwedLine(
        duty_key=duty.duty_key,
        duty_id=duty.duty_id,
        what=DUTIES[duty.duty_id].must_tell,
        owner=duty.owner,
        opened_at=duty.opened_at,
        due_at=duty.due_at,
        reminder_at=duty.reminder_at,
        code_edition=duty.code_edition,
        due_beyond_calendar=duty.beyond_calendar,
        news_id=duty.news_id,
    )


def _news(entries: Sequence[Entry]) -> list[NewsLine]:
    return [
        NewsLine(
            news_id=entry.news_id,
            what=entry.words.title,
            notified_at=entry.whereabouts.notified_at,
            told_at=entry.whereabouts.told_at,
            told_how=entry.whereabouts.told_how,
        )
        for entry in entries
        if entry.news_id is not None
    ]
