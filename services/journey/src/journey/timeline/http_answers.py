"""What the HTTP interface answers: the timeline and the status of one victim, as JSON."""

from collections.abc import Sequence
from datetime import date, datetime

from contracts.duties import DUTIES
from pydantic import BaseModel, ConfigDict

from journey.facts.concern import Reach
from journey.facts.fact import EventKey
from journey.timeline.entries import Entry
from journey.timeline.reading import OwedNow, Timeline
from journey.wording.dates import Precision, precision_of, spoken


class Answer(BaseModel):
    """A closed answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class EventName(Answer):
    """Who said it, and its id there."""

    source: str
    id: str


class DetailLine(Answer):
    """One labelled line."""

    label: str
    text: str


class TimelineEntry(Answer):
    """One entry. Told means seen signed in, or told by an officer; notified is less."""

    event: EventName
    type: str
    what: str
    meaning: str
    action: str
    ahead: str
    details: list[DetailLine]
    occurred_at: datetime
    precision: Precision
    when: str
    recorded_at: datetime
    learned_later: bool
    backfill: bool
    doubt: str | None
    reach: Reach
    corrected_by: EventName | None
    retracted: bool
    corrects: EventName | None
    case_id: str | None
    news_id: str | None
    notified_at: datetime | None
    delivered_at: datetime | None
    opened_at: datetime | None
    told_at: datetime | None
    told_how: str | None


class FreshnessLine(Answer):
    """When something of a source was last recorded."""

    source: str
    publisher: str
    last_recorded_at: datetime


class TimelineAnswer(Answer):
    """Newest first, by when things happened."""

    victim_id: str
    read_at: datetime
    entries: list[TimelineEntry]
    freshness: list[FreshnessLine]


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


def timeline_answer(timeline: Timeline) -> TimelineAnswer:
    """The timeline as JSON."""
    return TimelineAnswer(
        victim_id=timeline.victim_id,
        read_at=timeline.read_at,
        entries=[_entry(entry) for entry in timeline.entries],
        freshness=_freshness(timeline),
    )


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
        freshness=_freshness(timeline),
    )


def _entry(entry: Entry) -> TimelineEntry:
    fact, at = entry.fact, entry.whereabouts
    return TimelineEntry(
        event=_name(fact.key),
        type=fact.type,
        what=entry.words.title,
        meaning=entry.words.meaning,
        action=entry.words.action,
        ahead=entry.words.ahead,
        details=[DetailLine(label=line.label, text=line.text) for line in entry.words.details],
        occurred_at=fact.occurred_at,
        precision=precision_of(fact.occurred_at),
        when=spoken(fact.occurred_at),
        recorded_at=fact.recorded_at,
        learned_later=entry.learned_later,
        backfill=fact.backfill,
        doubt=fact.doubt,
        reach=entry.reach,
        corrected_by=_name(entry.righted_by) if entry.righted_by else None,
        retracted=entry.retracted,
        corrects=_name(fact.original) if fact.original else None,
        case_id=fact.case_id,
        news_id=entry.news_id,
        notified_at=at.notified_at,
        delivered_at=at.delivered_at,
        opened_at=at.opened_at,
        told_at=at.told_at,
        told_how=at.told_how,
    )


def _name(key: EventKey) -> EventName:
    return EventName(source=key.source, id=key.id)


def _freshness(timeline: Timeline) -> list[FreshnessLine]:
    return [FreshnessLine.model_validate(line, from_attributes=True) for line in timeline.freshness]


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
