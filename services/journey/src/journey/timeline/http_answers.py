"""What the HTTP interface answers: the timeline of one victim, as JSON."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from journey.facts.concern import Reach
from journey.facts.fact import EventKey
from journey.timeline.entries import Entry
from journey.timeline.reading import Timeline
from journey.wording.content import Audience, Detail
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
    for_officers: list[DetailLine]
    """What the agencies' systems call it; empty for the victim."""
    defendants: list[str]
    """For officers: ids of the accused whom it is about."""
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
    lost: bool
    """It turned out to be about somebody else: by `corrected_by`, of which nothing is shown."""
    group: EventName
    """The entry under which a page shows it, with others of the same sharing in the same words; mostly itself."""
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

    safe_contact_warnings: list[str] = []
    """For officers: what makes contact with her unsafe. Read it before any way to reach her."""
    victim_id: str
    goes_on_as: str | None = None
    """For officers: this id and that one are one person, all of whose journey is had under that one."""
    read_at: datetime
    entries: list[TimelineEntry]
    freshness: list[FreshnessLine]


def timeline_answer(timeline: Timeline, *, reader: Audience) -> TimelineAnswer:
    """The timeline as JSON, for the one for whom it was read."""
    return TimelineAnswer(
        safe_contact_warnings=list(timeline.warnings),
        victim_id=timeline.victim_id,
        goes_on_as=timeline.goes_on_as,
        read_at=timeline.read_at,
        entries=[
            _entry(entry, reader, group=timeline.groups.get(entry.fact.key, entry.fact.key))
            for entry in timeline.entries
        ],
        freshness=freshness_lines(timeline),
    )


def _entry(entry: Entry, reader: Audience, *, group: EventKey) -> TimelineEntry:
    fact, at = entry.fact, entry.whereabouts
    return TimelineEntry(
        event=_name(fact.key),
        type=fact.type,
        what=entry.words.title,
        meaning=entry.words.meaning,
        action=entry.words.action,
        ahead=entry.words.ahead,
        details=_lines(entry.words.details),
        for_officers=_lines(entry.words.for_officers),
        defendants=sorted(fact.accused.defendants) if reader is Audience.OFFICER else [],
        occurred_at=fact.occurred_at,
        precision=precision_of(fact.occurred_at),
        when=spoken(fact.occurred_at),
        recorded_at=fact.recorded_at,
        learned_later=entry.learned_later,
        backfill=fact.backfill,
        doubt=fact.doubt,
        reach=entry.reach,
        corrected_by=_name(by) if (by := entry.righted_by or entry.lost_by) else None,
        retracted=entry.retracted,
        lost=entry.lost,
        group=_name(group),
        corrects=_name(fact.original) if fact.original else None,
        case_id=fact.case_id,
        news_id=entry.news_id,
        notified_at=at.notified_at,
        delivered_at=at.delivered_at,
        opened_at=at.opened_at,
        told_at=at.told_at,
        told_how=at.told_how,
    )


def _lines(details: Iterable[Detail]) -> list[DetailLine]:
    return [DetailLine(label=line.label, text=line.text) for line in details]


def _name(key: EventKey) -> EventName:
    return EventName(source=key.source, id=key.id)


def freshness_lines(timeline: Timeline) -> list[FreshnessLine]:
    """How fresh each source is."""
    return [FreshnessLine.model_validate(line, from_attributes=True) for line in timeline.freshness]
