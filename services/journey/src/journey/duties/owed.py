"""What is owed to one victim, by all that is on record of her: the same however it came."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.working_days import WorkingCalendar
from contracts.duties import DUTIES, rows_triggered_by
from contracts.duty import Condition, Duty, Subject
from contracts.ids import VictimId

from journey.duties.deadline import Trigger, deadline_of
from journey.duties.duty import OwedDuty, duty_key_of
from journey.duties.meeting import Meeting
from journey.duties.subjects import Subjects
from journey.facts.fact import news_id_of
from journey.facts.news import Version
from journey.facts.ties import Ties

_APPLIES: Mapping[Condition, Callable[[Version], bool]] = {
    Condition.ALL_ENDED: lambda version: version.fact.said.scope != "some",
    Condition.PART_ENDED: lambda version: version.fact.said.scope == "some",
}
_JOINED = (Subject.CRIME, Subject.ACCUSED, Subject.SHARING)


@dataclass(frozen=True, slots=True)
class Owing:
    """What besides the facts decides what is owed to one victim; `enhanced_at` is when enhanced rights were found."""

    victim_id: VictimId
    ties: Ties
    meeting: Meeting
    enhanced_at: datetime | None
    calendar: WorkingCalendar


def duties_of(versions: Iterable[Version], owing: Owing) -> list[OwedDuty]:
    """Every duty that these versions ever opened towards her, in the order of their places, and how each ended.

    It is owed whether she or only her officer may know yet; history that was filled in owes nothing.
    """
    hers = list(versions)
    groups: defaultdict[tuple[str, str], list[Version]] = defaultdict(list)
    subjects = Subjects(hers, owing.ties)
    for version in hers:
        for row in _rows_for(version):
            groups[row.id, subjects.of(row, version)].append(version)
    return [
        duty
        for (row_id, subject), triggers in groups.items()
        for duty in _of_subject(DUTIES[row_id], subject, triggers, hers, owing)
    ]


def _rows_for(version: Version) -> list[Duty]:
    if version.fact.backfill:
        return []
    rows = rows_triggered_by(version.fact.says)
    return [row for row in rows if row.applies_if is None or _APPLIES[row.applies_if](version)]


def _of_subject(
    row: Duty, subject: str, triggers: Sequence[Version], hers: Sequence[Version], owing: Owing
) -> list[OwedDuty]:
    """Each trigger opens it anew; where triggers are joined, only until the first that stands."""
    opened: list[OwedDuty] = []
    joined = [version for version in triggers if version.standing] if row.subject in _JOINED else []
    for version in triggers:
        duty = _owed(row, subject, version, owing)
        together = joined if version in joined else [version]
        opened.append(replace(duty, ending=owing.meeting.ending(duty, together, hers=hers, ties=owing.ties)))
        if version in joined:
            break
    return opened


def _owed(row: Duty, subject: str, version: Version, owing: Owing) -> OwedDuty:
    fact, key = version.fact, duty_key_of(owing.victim_id, version.fact.key, row.id)
    return OwedDuty(
        key=key,
        duty=row,
        victim_id=owing.victim_id,
        case_id=fact.case_id,
        trigger=fact.key,
        trigger_type=fact.type,
        news_id=news_id_of(fact.key, owing.victim_id),
        subject=subject,
        deadline=deadline_of(row, _trigger(version, owing), calendar=owing.calendar),
        reach=version.concern.reach,
    )


def _trigger(version: Version, owing: Owing) -> Trigger:
    """What is found of her after she was told changes no deadline that was kept."""
    fact, found = version.fact, owing.enhanced_at
    if found is not None and (told := owing.meeting.told(version)) is not None and told.at < found:
        found = None
    return Trigger(fact.occurred_at, fact.recorded_at, version.concern.known_at, fact.said.about_at, found)
