"""What the HTTP interface answers: the status of one victim, as JSON."""

from collections.abc import Sequence
from datetime import date, datetime

from chassis.working_days import london_day
from contracts.duties import DUTIES

from journey.timeline.entries import Entry
from journey.timeline.http_answers import Answer, EventName, FreshnessLine, freshness_lines
from journey.timeline.reading import CameLate, OwedNow, Timeline
from journey.wording.dates import spoken_day
from journey.wording.duties import CAME_LATE


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
    overdue: bool
    """Was it due before this was read?"""
    reminder_at: datetime
    code_edition: str
    due_beyond_calendar: bool
    news_id: str


class LateLine(Answer):
    """What one agency told another later than it was due; `event` is what came."""

    duty_id: str
    what: str
    event: EventName
    due_at: datetime
    came_at: datetime


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
    late: list[LateLine]
    """For officers: what came late from an agency, the newest first."""
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
        owed=[_owed(duty, now=timeline.read_at) for duty in timeline.owed],
        late=[_late(late) for late in timeline.late],
        news=_news(timeline.entries),
        freshness=freshness_lines(timeline),
    )


def _owed(duty: OwedNow, *, now: datetime) -> OwedLine:
    return OwedLine(
        duty_key=duty.duty_key,
        duty_id=duty.duty_id,
        what=DUTIES[duty.duty_id].must_tell,
        owner=duty.owner,
        opened_at=duty.opened_at,
        due_at=duty.due_at,
        overdue=duty.due_at < now,
        reminder_at=duty.reminder_at,
        code_edition=duty.code_edition,
        due_beyond_calendar=duty.beyond_calendar,
        news_id=duty.news_id,
    )


def _late(late: CameLate) -> LateLine:
    due, came = spoken_day(london_day(late.due_at)), spoken_day(london_day(late.came_at))
    return LateLine(
        duty_id=late.duty_id,
        what=f"{CAME_LATE[late.duty_id]}: due by {due}, came on {came}.",
        event=EventName(source=late.source, id=late.event_id),
        due_at=late.due_at,
        came_at=late.came_at,
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
