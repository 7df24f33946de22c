"""What an officer is asked about a hearing's results, and what a later message has answered by itself."""

from collections.abc import Iterator

from intake.courts.comparing.facts import CaseKey, Question, QuestionKind
from intake.courts.comparing.sentences import final_here, sentences_of
from intake.courts.comparing.state import Comparison, Told
from intake.courts.reading.snapshot import Defendant, Result


def questions(comparison: Comparison, case: CaseKey, defendant: Defendant, told: dict[str, Told]) -> Iterator[Question]:
    """A final result of an unknown class, and a result that was told and is gone without being deleted."""
    if not comparison.resulted:
        return
    for offence in defendant.offences:
        for result in offence.results:
            unknown = result.result_class is None and not result.deleted
            if unknown and offence.convicted and final_here(comparison, result):
                yield Question(QuestionKind.UNKNOWN_RESULT_CLASS, result.id)
    shown = {result.id for offence in defendant.offences for result in offence.results}
    prefix = sentences_of(case, defendant)
    for known in [known for key, known in told.items() if key.startswith(prefix)]:
        for gone in known.results:
            if gone not in shown:
                yield Question(QuestionKind.RESULT_GONE, gone)


def answered(comparison: Comparison) -> tuple[str, ...]:
    """Keys of questions that need no officer any more: the result is back, or is of a class we know by now."""
    if not comparison.resulted:
        return ()
    back = {Question(QuestionKind.RESULT_GONE, result.id).key for result in _shown(comparison)}
    known = {
        Question(QuestionKind.UNKNOWN_RESULT_CLASS, result.id).key
        for result in _shown(comparison)
        if result.result_class is not None or result.deleted
    }
    return tuple(key for key in comparison.state.asked if key in back | known)


def _shown(comparison: Comparison) -> Iterator[Result]:
    for case in comparison.snapshot.cases:
        for defendant in case.defendants:
            for offence in defendant.offences:
                yield from offence.results
