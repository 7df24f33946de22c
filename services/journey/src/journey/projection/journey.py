"""One victim's journey by her whole record: the same however and whenever what is on record came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from chassis.working_days import WorkingCalendar
from contracts.ids import NewsId, VictimId

from journey.duties.duty import OwedDuty
from journey.duties.meeting import Meeting
from journey.duties.owed import Owing, duties_of
from journey.facts.enhanced import enhanced_at
from journey.facts.fact import news_id_of
from journey.facts.news import News, news_of
from journey.tellings.record import Record


@dataclass(frozen=True, slots=True)
class Journey:
    """What is news to one victim, and what is or was owed to her; `moved` is where news of hers is had instead."""

    news: Sequence[News]
    duties: Sequence[OwedDuty]
    moved: Mapping[NewsId, VictimId] = field(default_factory=dict)


def journey_under(victim_id: VictimId, record: Record, *, calendar: WorkingCalendar) -> Journey:
    """What of a person's journey is had under one of her ids: all of it under the one that goes on, else nothing."""
    journey = journey_of(record, calendar=calendar)
    if victim_id == record.victim_id:
        return journey
    return Journey((), (), {news_id_of(news.fact.key, victim_id): record.victim_id for news in journey.news})


def journey_of(record: Record, *, calendar: WorkingCalendar) -> Journey:
    """The journey by this record."""
    onlooker = record.onlooker
    found = news_of(onlooker, record.facts)
    owing = Owing(
        victim_id=record.victim_id,
        ties=onlooker.ties,
        meeting=Meeting(record.victim_id, record.tellings, record.others),
        enhanced_at=enhanced_at(fact for fact in record.facts if fact.victim_id == record.victim_id),
        calendar=calendar,
    )
    news = [_told_elsewhere(one, record) for one in found.news] if record.others else found.news
    return Journey(news, duties_of(found.versions, owing))


def _told_elsewhere(news: News, record: Record) -> News:
    told_at = record.told_elsewhere.told_at(news.news_id, occurred_at=news.fact.occurred_at)
    return replace(news, told_at=told_at)
