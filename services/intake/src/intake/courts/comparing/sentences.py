"""Sentences: the FINAL results of convicted offences, one event per defendant and sharing, listing the offences."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

import msgspec

from intake.courts.comparing.facts import CaseKey, Correction, Fact, News, Retraction, SentencePassed
from intake.courts.comparing.outcomes import happened_at, ordered_here
from intake.courts.comparing.state import Carried, Comparison, Told, told_key
from intake.courts.reading.classes import ResultClass
from intake.courts.reading.snapshot import Defendant, Offence, Result
from intake.recording.deriving import derived_id

AMENDED = "The court has amended this result."
DELETED = "The court has deleted this result."
MOST_RESULTS: Final = 60
"""In one fact: a sentence is a text of at most 4,000 characters, and a result is up to 62 of them."""


def sentence_news(comparison: Comparison, case: CaseKey, defendant: Defendant, told: dict[str, Told]) -> Iterator[News]:
    """New results are a sentence; the same result with other content corrects it; a deleted one takes it back."""
    if not comparison.resulted:
        return
    prefix = sentences_of(case, defendant)
    for key in [key for key in told if key.startswith(prefix)]:
        yield from _again(comparison, defendant, told, key)
    already = {result for key, known in told.items() if key.startswith(prefix) for result in known.results}
    fresh = [r for _, r in _sentences(comparison, defendant) if r.id not in already and not r.deleted]
    if not fresh:
        return
    carried = _carried(comparison, defendant)
    for number, portion in enumerate(_portions([(result, carried[result.id]) for result in fresh])):
        key = f"{prefix}{comparison.revision}" + (f".{number}" if number else "")
        event_id = derived_id(key, comparison.snapshot.hearing_id, str(comparison.revision))
        results = {result.id: one for result, one in portion}
        told[key] = Told(event_id, "", event_id, case.id, case.urn, portion[0][0].day, defendant.id, results)
        yield _fact(comparison, told[key], event_id)


def sentences_of(case: CaseKey, defendant: Defendant) -> str:
    """What the keys of this defendant's sentences begin with."""
    return told_key("sentence", case, defendant.id, "")


def final_here(comparison: Comparison, result: Result) -> bool:
    """Final, and ordered by this very hearing."""
    return result.final and ordered_here(comparison.snapshot, result.hearing_id, day=result.day)


def passed(results: Mapping[str, Carried], *, hearing_id: str, day: date, shared_at: datetime | None) -> SentencePassed:
    """The sentence that these results make."""
    parts = tuple((one.result_class, one.length) for one in results.values())
    return SentencePassed(hearing_id, day, parts, tuple(results), shared_at)


def offences_of(results: Mapping[str, Carried]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.offence_id for one in results.values()))


def _again(comparison: Comparison, defendant: Defendant, told: dict[str, Told], key: str) -> Iterator[News]:
    """A result that this snapshot lacks stays in its sentence: an officer is asked about that."""
    known = told[key]
    shown = {result.id: result for offence in defendant.offences for result in offence.results}
    mine = [shown[id_] for id_ in known.results if id_ in shown]
    dropped = {result.id for result in mine if result.deleted or result.result_class == ResultClass.OFFENCE_ENDED}
    carried = known.results | _carried(comparison, defendant)
    standing = {id_: carried[id_] for id_ in known.results if id_ not in dropped}
    if standing == known.results:
        return
    reason = DELETED if any(result.deleted for result in mine) else AMENDED
    event_id = derived_id(f"{key}/again", comparison.snapshot.hearing_id, str(comparison.revision))
    case = CaseKey(known.case_id, known.urn)
    if not standing:
        del told[key]
        yield Retraction(event_id, known.event_id, known.state_id, case, comparison.received_at, reason)
        return
    told[key] = msgspec.structs.replace(known, state_id=event_id, results=standing)
    yield Correction(known.event_id, known.state_id, _fact(comparison, told[key], event_id), reason)


def _portions(fresh: list[tuple[Result, Carried]]) -> list[list[tuple[Result, Carried]]]:
    """As few facts as hold all of it: each names a bounded number of offences and says a bounded number of words."""
    return [fresh[start : start + MOST_RESULTS] for start in range(0, len(fresh), MOST_RESULTS)]


def _sentences(comparison: Comparison, defendant: Defendant) -> Iterator[tuple[Offence, Result]]:
    for offence in defendant.offences:
        for result in offence.results:
            if offence.convicted and _is_sentence(result) and final_here(comparison, result):
                yield offence, result


def _is_sentence(result: Result) -> bool:
    return result.result_class is not None and result.result_class != ResultClass.OFFENCE_ENDED


def _carried(comparison: Comparison, defendant: Defendant) -> dict[str, Carried]:
    return {
        result.id: Carried(result.fingerprint, offence.id, result.result_class or "", result.length)
        for offence, result in _sentences(comparison, defendant)
    }


def _fact(comparison: Comparison, told: Told, event_id: str) -> Fact:
    day = told.day or comparison.received_at.date()
    hearing_id = comparison.snapshot.hearing_id
    return Fact(
        event_id,
        CaseKey(told.case_id, told.urn),
        passed(told.results, hearing_id=hearing_id, day=day, shared_at=comparison.shared_at),
        happened_at(comparison, told.day),
        comparison.old,
        defendant_id=told.defendant_id,
        offence_ids=offences_of(told.results),
    )
