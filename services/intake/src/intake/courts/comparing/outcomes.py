"""Pleas and verdicts, offence by offence: new, changed (a new fact) or corrected (the same day says otherwise)."""

from collections.abc import Iterator
from datetime import date, datetime

from chassis.working_days import LONDON

from intake.courts.comparing.facts import CaseKey, Correction, Details, Fact, News, PleaEntered, VerdictReached
from intake.courts.comparing.state import Comparison, Told, told_key
from intake.courts.reading.snapshot import Defendant, Offence, Snapshot
from intake.recording.deriving import derived_id
from intake.recording.instants import start_of_day


def outcome_news(comparison: Comparison, case: CaseKey, defendant: Defendant, told: dict[str, Told]) -> Iterator[News]:
    for offence in defendant.offences:
        yield from _plea(comparison, case, defendant, offence, told)
        yield from _verdict(comparison, case, defendant, offence, told)


def ordered_here(snapshot: Snapshot, hearing_id: str | None, *, day: date | None) -> bool:
    """History copied forward names another hearing; without a name, only a day of this hearing counts."""
    if hearing_id is not None:
        return hearing_id == snapshot.hearing_id
    return day is not None and day in snapshot.days()


def happened_at(comparison: Comparison, day: date | None) -> datetime:
    """The sitting's start on that day, else the day's start; never later than now on the day itself."""
    if day is None:
        return comparison.received_at
    starts = [s.starts for s in comparison.snapshot.listing.sittings if s.starts.astimezone(LONDON).date() == day]
    moment = starts[0] if starts else start_of_day(day)
    received = comparison.received_at
    return min(moment, received) if received.astimezone(LONDON).date() == day else moment


def _plea(
    comparison: Comparison, case: CaseKey, defendant: Defendant, offence: Offence, told: dict[str, Told]
) -> Iterator[News]:
    plea = offence.plea
    if plea is None or not plea.known or not ordered_here(comparison.snapshot, plea.hearing_id, day=plea.day):
        return
    details = PleaEntered(comparison.snapshot.hearing_id, plea.value, plea.day)
    key = told_key("plea", case, defendant.id, offence.id)
    yield from _told_once(comparison, case, (defendant, offence), told, (key, plea.value, plea.day, details))


def _verdict(
    comparison: Comparison, case: CaseKey, defendant: Defendant, offence: Offence, told: dict[str, Told]
) -> Iterator[News]:
    verdict, snapshot = offence.verdict, comparison.snapshot
    if verdict is None or not verdict.known or not ordered_here(snapshot, verdict.hearing_id, day=verdict.day):
        return
    details = VerdictReached(
        comparison.snapshot.hearing_id,
        verdict.outcome,
        verdict.category,
        verdict.day,
        verdict.lesser_offence,
        others_open=any(other.verdict is None and not other.convicted for other in defendant.offences),
    )
    content = f"{verdict.category}|{verdict.lesser_offence or ''}"
    key = told_key("verdict", case, defendant.id, offence.id)
    yield from _told_once(comparison, case, (defendant, offence), told, (key, content, verdict.day, details))


def _told_once(
    comparison: Comparison,
    case: CaseKey,
    whom: tuple[Defendant, Offence],
    told: dict[str, Told],
    outcome: tuple[str, str, date | None, Details],
) -> Iterator[News]:
    key, content, day, details = outcome
    known = told.get(key)
    if known is not None and (known.content == content or _older(day, known.day)):
        return
    defendant, offence = whom
    event_id = derived_id(key, comparison.snapshot.hearing_id, str(comparison.revision))
    fact = Fact(
        event_id,
        case,
        details,
        happened_at(comparison, day),
        comparison.old,
        defendant_id=defendant.id,
        offence_ids=(offence.id,),
    )
    if known is not None and known.day == day:
        told[key] = Told(known.event_id, content, event_id, case.id, case.urn, day)
        yield Correction(known.event_id, known.state_id, fact, "The court has corrected its record.")
        return
    told[key] = Told(event_id, content, event_id, case.id, case.urn, day)
    yield fact


def _older(day: date | None, known: date | None) -> bool:
    return day is not None and known is not None and day < known
