"""Sentences: the FINAL results of convicted offences, one event per defendant and sharing, listing the offences."""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.domain.deriving import derived_id
from intake.domain.hearings.classes import ResultClass
from intake.domain.hearings.facts import CaseKey, Correction, Fact, News, Question, Retraction, SentencePassed
from intake.domain.hearings.outcomes import happened_at, ordered_here
from intake.domain.hearings.snapshot import Defendant, Offence, Result
from intake.domain.hearings.state import Comparison, Told, told_key

AMENDED = "The court has amended this result."
DELETED = "The court has deleted this result."


@dataclass(frozen=True, slots=True)
class _Part:
    offence: Offence
    result: Result


def sentence_news(comparison: Comparison, case: CaseKey, defendant: Defendant, told: dict[str, Told]) -> Iterator[News]:
    """New results are a sentence; the same result with other content corrects it; a deleted one takes it back."""
    if not comparison.resulted:
        return
    prefix = told_key("sentence", case, defendant.id)
    parts = {part.result.id: part for part in _parts(comparison, defendant)}
    for key in [key for key in told if key.startswith(prefix)]:
        yield from _again(comparison, case, defendant, told, (key, parts))
    already = {result for key, known in told.items() if key.startswith(prefix) for result in known.results}
    fresh = [part for key, part in parts.items() if key not in already and not part.result.deleted]
    if fresh:
        key = f"{prefix}/{comparison.revision}"
        fact = _fact(comparison, case, defendant, fresh, key)
        results = {part.result.id: part.result.fingerprint for part in fresh}
        told[key] = Told(fact.event_id, "", fact.event_id, case.id, case.urn, fresh[0].result.day, results)
        yield fact


def questions(comparison: Comparison, case: CaseKey, defendant: Defendant, told: dict[str, Told]) -> Iterator[Question]:
    """What an officer reads: a final result of an unknown class, and a told result that is gone but not deleted."""
    if not comparison.resulted:
        return
    here = [(offence, r) for offence in defendant.offences for r in offence.results if _final_here(comparison, r)]
    for offence, result in here:
        if result.result_class is None and offence.convicted:
            yield Question("unknown-result-class", result.id)
    present = {result.id for offence in defendant.offences for result in offence.results}
    prefix = told_key("sentence", case, defendant.id)
    for known in [known for key, known in told.items() if key.startswith(prefix)]:
        for gone in known.results.keys() - present:
            yield Question("result-gone", gone)


def _parts(comparison: Comparison, defendant: Defendant) -> Iterator[_Part]:
    for offence in defendant.offences:
        for result in offence.results:
            if offence.convicted and _is_sentence(result) and _final_here(comparison, result):
                yield _Part(offence, result)


def _final_here(comparison: Comparison, result: Result) -> bool:
    return result.final and ordered_here(comparison.snapshot, result.hearing_id, day=result.day)


def _is_sentence(result: Result) -> bool:
    return result.result_class is not None and result.result_class != ResultClass.OFFENCE_ENDED


def _again(
    comparison: Comparison,
    case: CaseKey,
    defendant: Defendant,
    told: dict[str, Told],
    found: tuple[str, dict[str, _Part]],
) -> Iterator[News]:
    key, parts = found
    known = told[key]
    mine = [parts[result] for result in known.results if result in parts]
    standing = [part for part in mine if not part.result.deleted]
    deleted = len(mine) - len(standing)
    amended = any(part.result.fingerprint != known.results[part.result.id] for part in standing)
    event_id = derived_id(f"{key}/again", comparison.snapshot.hearing_id, str(comparison.revision))
    if mine and not standing:
        del told[key]
        yield Retraction(event_id, known.event_id, known.state_id, case, comparison.received_at, DELETED)
    elif amended or deleted:
        results = {part.result.id: part.result.fingerprint for part in standing}
        told[key] = Told(known.event_id, "", event_id, case.id, case.urn, known.day, results)
        fact = _fact(comparison, case, defendant, standing, f"{key}/again")
        yield Correction(known.event_id, known.state_id, fact, DELETED if deleted else AMENDED)


def _fact(comparison: Comparison, case: CaseKey, defendant: Defendant, parts: list[_Part], key: str) -> Fact:
    day = parts[0].result.day or comparison.received_at.date()
    details = SentencePassed(
        comparison.snapshot.hearing_id,
        day,
        tuple((part.result.result_class or "", part.result.length) for part in parts),
        tuple(part.result.id for part in parts),
        comparison.shared_at,
    )
    return Fact(
        derived_id(key, comparison.snapshot.hearing_id, str(comparison.revision)),
        case,
        details,
        happened_at(comparison, parts[0].result.day),
        comparison.old,
        defendant_id=defendant.id,
        offence_ids=tuple(dict.fromkeys(part.offence.id for part in parts)),
    )
