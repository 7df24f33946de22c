"""What is owed to one victim because of one fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from chassis.working_days import WorkingCalendar
from contracts.duties import duties_opened_by
from contracts.duty import Duty
from contracts.ids import CaseId, DutyKey, NewsId, VictimId

from journey.duties.deadline import Deadline, Trigger, deadline_of
from journey.facts.concern import Reach
from journey.facts.fact import EventKey
from journey.facts.news import News

DUTIES = UUID("6d0a6f0e-6a3c-5f38-9d8a-3d5be1f6a8c4")


class DutyState(StrEnum):
    """Where a duty stands. Superseded: a later fact replaced its trigger. Exempt: the victim did not want it."""

    OPEN = "open"
    MET = "met"
    SUPERSEDED = "superseded"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class OwedDuty:
    """One duty towards one victim. `thread` names what a later trigger replaces; `by_telling`: telling meets it."""

    key: DutyKey
    duty: Duty
    victim_id: VictimId
    case_id: CaseId
    trigger: EventKey
    trigger_type: str
    news_id: NewsId
    thread: str
    deadline: Deadline
    state: DutyState = DutyState.OPEN

    @property
    def may_replace(self) -> bool:
        """Can an earlier duty stand on the same thread?"""
        return self.thread != f"{self.trigger.source}\n{self.trigger.id}"

    @property
    def by_telling(self) -> bool:
        """Is it met by telling the victim, rather than by something that is done for her?"""
        return not self.duty.met_by


@dataclass(frozen=True, slots=True)
class ClosedDuty:
    """A duty that is owed no longer, and when that was."""

    key: DutyKey
    victim_id: VictimId
    case_id: CaseId | None
    state: DutyState
    met_by: str
    at: datetime


def duties_of(
    news: Iterable[News],
    *,
    original_types: Mapping[EventKey, str],
    enhanced: frozenset[VictimId],
    calendar: WorkingCalendar,
) -> list[OwedDuty]:
    """What the news opens. Nothing for history filled in, for what no longer stands, or what only an officer may know.

    A correction opens what its original's type opens, anew; one fact replaced by another in the same news is
    superseded from the start.
    """
    owed = [
        _owed(item, case_id, duty, enhanced=item.victim_id in enhanced, calendar=calendar)
        for item in news
        if (case_id := item.fact.case_id) is not None and _owes(item)
        for duty in duties_opened_by(_trigger_type(item, original_types))
    ]
    return _only_last_open(owed)


def duty_key_of(news: News, duty_id: str) -> DutyKey:
    """The key of a duty: the same for the same victim, trigger and duty, however often it is computed.

    What is owed because of news that came again after a withdrawal is another duty: the first one has ended.
    """
    trigger, again = news.fact.key, f"\n{news.news_id}" if news.again else ""
    return DutyKey(str(uuid5(DUTIES, f"{news.victim_id}\n{trigger.source}\n{trigger.id}\n{duty_id}{again}")))


def _owes(news: News) -> bool:
    return news.reach is Reach.VICTIM and news.standing and not news.fact.backfill


def _trigger_type(news: News, original_types: Mapping[EventKey, str]) -> str:
    original = news.fact.original
    if original is None or news.retracts:
        return news.fact.type
    return original_types.get(original, news.fact.type)


def _owed(news: News, case_id: CaseId, duty: Duty, *, enhanced: bool, calendar: WorkingCalendar) -> OwedDuty:
    fact = news.fact
    trigger = Trigger(fact.occurred_at, fact.recorded_at, news.known_at)
    return OwedDuty(
        key=duty_key_of(news, duty.id),
        duty=duty,
        victim_id=news.victim_id,
        case_id=case_id,
        trigger=fact.key,
        trigger_type=fact.type,
        news_id=news.news_id,
        thread=thread_of(news),
        deadline=deadline_of(duty, trigger, enhanced=enhanced, calendar=calendar),
    )


def thread_of(news: News) -> str:
    """What a later duty of the same id replaces: one hearing's date, or one event and its corrections."""
    key = news.fact.original or news.fact.key
    return news.fact.thread or f"{key.source}\n{key.id}"


def _only_last_open(owed: list[OwedDuty]) -> list[OwedDuty]:
    last = {(duty.victim_id, duty.thread, duty.duty.id): duty.key for duty in owed}
    return [
        duty
        if last[(duty.victim_id, duty.thread, duty.duty.id)] == duty.key
        else replace(duty, state=DutyState.SUPERSEDED)
        for duty in owed
    ]
