"""One victim's journey by her whole record: the same however and whenever what is on record came."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.working_days import WorkingCalendar

from journey.duties.duty import OwedDuty
from journey.duties.meeting import Meeting
from journey.duties.owed import Owing, duties_of
from journey.facts.enhanced import enhanced_at
from journey.facts.news import News, news_of
from journey.tellings.record import Record


@dataclass(frozen=True, slots=True)
class Journey:
    """What is news to one victim, and what is or was owed to her."""

    news: Sequence[News]
    duties: Sequence[OwedDuty]


def journey_of(record: Record, *, calendar: WorkingCalendar) -> Journey:
    """The journey by this record."""
    onlooker = record.onlooker
    found = news_of(onlooker, record.facts)
    owing = Owing(
        victim_id=record.victim_id,
        ties=onlooker.ties,
        meeting=Meeting(record.victim_id, record.tellings),
        enhanced_at=enhanced_at(fact for fact in record.facts if fact.victim_id == record.victim_id),
        calendar=calendar,
    )
    return Journey(found.news, duties_of(found.versions, owing))
