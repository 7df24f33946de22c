"""What an officer is asked about a hearing, and what a later message has answered by itself."""

from collections.abc import Iterator

from intake.courts.comparing.facts import GONE, Question, QuestionKind
from intake.courts.comparing.gone import gone, is_unread
from intake.courts.comparing.sentences import final_here
from intake.courts.comparing.state import Comparison
from intake.courts.reading.classes import ResultClass
from intake.courts.reading.snapshot import Offence, Result, Unread


def questions(comparison: Comparison) -> tuple[Question, ...]:
    """Each once: parts that are not understood, results that nothing tells, what was told and is gone."""
    found = [
        *(_unread(one) for one in comparison.snapshot.unread),
        *_results(comparison),
        *gone(comparison),
    ]
    return tuple(dict.fromkeys(found))


def answered(comparison: Comparison, open_now: tuple[Question, ...]) -> tuple[str, ...]:
    """Keys of earlier questions that need no officer any more.

    What was gone is back; a result is of a class we know by now, or was deleted; a part is understood by now, or says
    something else, which is asked anew.
    """
    now = {question.key for question in open_now}
    return tuple(key for key in comparison.state.asked if key not in now and _is_settled(comparison, key))


def _is_settled(comparison: Comparison, key: str) -> bool:
    kind, _, about = key.partition("/")
    if kind == QuestionKind.UNREAD:
        return _is_replaced(comparison, about)
    if kind == QuestionKind.RESULT_GONE:
        return comparison.resulted and about in {result.id for _, result in _shown(comparison)}
    if kind == QuestionKind.LISTING_GONE:
        snapshot = comparison.snapshot
        return comparison.without_a_day or snapshot.vacated or bool(snapshot.listing.sittings)
    if kind in GONE:
        return not is_unread(comparison, about)
    if kind in (QuestionKind.UNKNOWN_RESULT_CLASS, QuestionKind.UNTOLD_RESULT):
        return comparison.resulted and any(result.id == about for _, result in _shown(comparison))
    return False


def _is_replaced(comparison: Comparison, about: str) -> bool:
    """Was the part read, or does it say something else? One that is not there at all was never answered."""
    what, _, rest = about.partition("/")
    place = rest.rpartition("/")[0]
    if any((one.what, one.about) == (what, place) for one in comparison.snapshot.unread):
        return True
    return what.split(".")[0] in ("plea", "verdict") and any(
        f"{case.id}/{defendant.id}/{offence.id}" == place
        for case in comparison.snapshot.cases
        for defendant in case.defendants
        for offence in defendant.offences
    )


def _unread(one: Unread) -> Question:
    return Question(QuestionKind.UNREAD, f"{one.what}/{one.about}/{one.content}")


def _results(comparison: Comparison) -> Iterator[Question]:
    """A final result of an unknown class, and one that no fact tells: the offence ended, or nobody was convicted."""
    if not comparison.resulted:
        return
    for offence, result in _shown(comparison):
        if result.deleted or not final_here(comparison, result):
            continue
        if result.result_class is None:
            yield Question(QuestionKind.UNKNOWN_RESULT_CLASS, result.id)
        elif result.result_class == ResultClass.OFFENCE_ENDED or not offence.convicted:
            yield Question(QuestionKind.UNTOLD_RESULT, result.id)


def _shown(comparison: Comparison) -> Iterator[tuple[Offence, Result]]:
    for case in comparison.snapshot.cases:
        for defendant in case.defendants:
            for offence in defendant.offences:
                for result in offence.results:
                    yield offence, result
