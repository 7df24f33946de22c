"""What was told of a hearing and a later message of it no longer shows: missing is not cleared, so an officer is asked.

Asked is about the largest thing that is missing: of a case that is gone, not each of its offences.
"""

from collections.abc import Iterator

from intake.courts.comparing.facts import Question, QuestionKind
from intake.courts.comparing.state import Comparison, Told
from intake.courts.reading.snapshot import Case, Defendant, Offence

Remembered = dict[str, dict[str, set[str]]]
"""By case, by defendant, the offences; a case whose listing alone was told has no defendants."""


def gone(comparison: Comparison) -> Iterator[Question]:
    """A question for each thing told before whose absence can be seen."""
    if is_listing_gone(comparison):
        yield Question(QuestionKind.LISTING_GONE, comparison.snapshot.hearing_id)
    cases = {case.id: case for case in comparison.snapshot.cases}
    for case_id, of_case in remembered(comparison.state.told).items():
        if case_id in cases:
            yield from _of_case(comparison, cases[case_id], of_case)
        elif not is_unread(comparison, case_id):
            yield Question(QuestionKind.CASE_GONE, case_id)


def is_listing_gone(comparison: Comparison) -> bool:
    """Is a hearing that was told with days here without any, and neither vacated nor in question?"""
    snapshot, before = comparison.snapshot, comparison.state.listing
    if comparison.without_a_day or snapshot.vacated or not snapshot.is_listed:
        return False
    is_told = any(key.startswith("listing/") for key in comparison.state.told)
    return is_told and before is not None and bool(before.sittings) and not snapshot.listing.sittings


def remembered(told: dict[str, Told]) -> Remembered:
    """What was told, and of whom."""
    found: Remembered = {}
    for key, known in told.items():
        kind, case_id, *parts = key.split("/")
        of_case = found.setdefault(case_id, {})
        if kind in ("plea", "verdict"):
            of_case.setdefault(parts[0], set()).add(parts[1])
        elif kind == "sentence":
            of_case.setdefault(parts[0], set()).update(one.offence_id for one in known.results.values())
    return found


def is_unread(comparison: Comparison, place: str) -> bool:
    """Is it there, and not understood?"""
    return any(f"{one.about}/".startswith(f"{place}/") for one in comparison.snapshot.unread)


def _of_case(comparison: Comparison, case: Case, told_of: dict[str, set[str]]) -> Iterator[Question]:
    defendants = {defendant.id: defendant for defendant in case.defendants}
    for defendant_id, offences in told_of.items():
        about = f"{case.id}/{defendant_id}"
        if defendant_id in defendants:
            yield from _of_defendant(comparison, about, defendants[defendant_id], offences)
        elif not is_unread(comparison, about):
            yield Question(QuestionKind.DEFENDANT_GONE, about)


def _of_defendant(comparison: Comparison, about: str, defendant: Defendant, told_of: set[str]) -> Iterator[Question]:
    offences = {offence.id: offence for offence in defendant.offences}
    for offence_id in sorted(told_of):
        place = f"{about}/{offence_id}"
        if offence_id in offences:
            yield from _of_offence(comparison, place, offences[offence_id])
        elif not is_unread(comparison, place):
            yield Question(QuestionKind.OFFENCE_GONE, place)
    if comparison.resulted:
        yield from _results(comparison, about, defendant)


def _of_offence(comparison: Comparison, place: str, offence: Offence) -> Iterator[Question]:
    for kind, key, shown in (
        (QuestionKind.PLEA_GONE, "plea", offence.plea),
        (QuestionKind.VERDICT_GONE, "verdict", offence.verdict),
    ):
        unread = any(one.what.startswith(key) and one.about == place for one in comparison.snapshot.unread)
        if f"{key}/{place}" in comparison.state.told and shown is None and not unread:
            yield Question(kind, place)


def _results(comparison: Comparison, about: str, defendant: Defendant) -> Iterator[Question]:
    """Results told of offences that are here; those of an offence that is gone are asked about with it."""
    offences = {offence.id for offence in defendant.offences}
    shown = {result.id for offence in defendant.offences for result in offence.results}
    for known in [known for key, known in comparison.state.told.items() if key.startswith(f"sentence/{about}/")]:
        for result_id, carried in known.results.items():
            if carried.offence_id in offences and result_id not in shown:
                yield Question(QuestionKind.RESULT_GONE, result_id)
