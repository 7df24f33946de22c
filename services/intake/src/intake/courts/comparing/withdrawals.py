"""What is taken back because an officer confirmed it: a deleted hearing's listings, results that are gone."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Final

import msgspec

from intake.courts.comparing.facts import CaseKey, Correction, Fact, News, QuestionKind, Retraction
from intake.courts.comparing.sentences import offences_of, passed
from intake.courts.comparing.state import HearingState, KnownListing, Told
from intake.recording.deriving import derived_id

HEARING_DELETED = "The court has deleted this hearing."
RESULT_GONE = "The court no longer shows this result."
OFFENCE_GONE = "The court no longer shows this offence."
REASONS: Final = {
    QuestionKind.PLEA_GONE: "The court no longer shows this plea.",
    QuestionKind.VERDICT_GONE: "The court no longer shows this verdict.",
    QuestionKind.DEFENDANT_GONE: "The court no longer shows this person in this hearing.",
    QuestionKind.CASE_GONE: "The court no longer shows this case in this hearing.",
}


def without_listings(
    state: HearingState, known: Iterable[KnownListing] = (), *, received_at: datetime
) -> tuple[HearingState, tuple[Retraction, ...]]:
    """A hearing that was deleted: all that was told of its dates, last first; `known` may come from another's result.

    Were only the last taken back, the date before it would stand again.
    """
    own = {key: told for key, told in state.told.items() if key.startswith("listing/")}
    others = [Told(one.event_id, "", one.event_id, one.case_id) for one in known]
    each = {
        event_id: msgspec.structs.replace(told, event_id=event_id, state_id=event_id)
        for told in (*own.values(), *others)
        for event_id in (told.event_id, *reversed(told.earlier))
    }
    retractions = tuple(
        _retraction(
            derived_id("deleted", state.hearing_id, told.event_id, str(state.revision)),
            told,
            received_at,
            reason=HEARING_DELETED,
        )
        for told in each.values()
    )
    kept = {key: told for key, told in state.told.items() if key not in own}
    return msgspec.structs.replace(state, revision=state.revision + 1, told=kept), retractions


def without_gone(
    state: HearingState, questions: Collection[str], *, received_at: datetime
) -> tuple[HearingState, tuple[News, ...]]:
    """What the court withdrew silently, by the keys of the questions that an officer has confirmed.

    A sentence of nothing else is retracted, one of which something stands is corrected.
    """
    doomed, results = _doomed(state, questions)
    told, news = dict(state.told), list[News]()
    back: set[str] = set()
    for key, reason in doomed.items():
        taken = list(_taken_back(state, told.pop(key), received_at, reason=reason))
        news.extend(one for one in taken if one.original_id not in back)
        back |= {one.original_id for one in taken}
    for key, known in [(key, known) for key, known in told.items() if not known.results.keys().isdisjoint(results)]:
        event_id = derived_id("gone", state.hearing_id, key, str(state.revision))
        standing = {id_: carried for id_, carried in known.results.items() if id_ not in results}
        if not standing:
            del told[key]
            news.append(_retraction(event_id, known, received_at, reason=RESULT_GONE))
            continue
        told[key] = msgspec.structs.replace(known, state_id=event_id, results=standing)
        fact = _rest(state, told[key], event_id, received_at)
        news.append(Correction(known.event_id, known.state_id, fact, RESULT_GONE))
    asked = tuple(key for key in state.asked if key not in questions)
    return msgspec.structs.replace(state, revision=state.revision + 1, told=told, asked=asked), tuple(news)


def _doomed(state: HearingState, questions: Collection[str]) -> tuple[dict[str, str], set[str]]:
    """The facts that fall as a whole, each with why, and the results that fall out of their sentences."""
    doomed: dict[str, str] = {}
    results: set[str] = set()
    for question in questions:
        kind, _, about = question.partition("/")
        if kind == QuestionKind.RESULT_GONE:
            results.add(about)
        elif kind == QuestionKind.OFFENCE_GONE:
            doomed |= {key: OFFENCE_GONE for key in (f"plea/{about}", f"verdict/{about}") if key in state.told}
            results |= _results_of(state, about)
        else:
            reason = REASONS[QuestionKind(kind)]
            doomed |= {key: reason for key in state.told if _is_of(key, QuestionKind(kind), about)}
    return doomed, results


_OF_SEVERAL: Final = ("listing", "vacated")
"""One event may have told it of others of the accused, too, for whom it stands."""


def _is_of(key: str, kind: QuestionKind, about: str) -> bool:
    what, _, place = key.partition("/")
    if kind in (QuestionKind.PLEA_GONE, QuestionKind.VERDICT_GONE):
        return f"{what}-gone" == kind and place == about
    if kind == QuestionKind.DEFENDANT_GONE and what in _OF_SEVERAL:
        return False
    return f"{place}/".startswith(f"{about}/")


def _results_of(state: HearingState, place: str) -> set[str]:
    about, _, offence_id = place.rpartition("/")
    return {
        result_id
        for key, known in state.told.items()
        if key.startswith(f"sentence/{about}/")
        for result_id, carried in known.results.items()
        if carried.offence_id == offence_id
    }


def _taken_back(state: HearingState, told: Told, at: datetime, *, reason: str) -> Iterator[Retraction]:
    """Last first: were only the last taken back, what was said before it would stand again."""
    for event_id in (told.event_id, *reversed(told.earlier)):
        state_id = told.state_id if event_id == told.event_id else event_id
        one = msgspec.structs.replace(told, event_id=event_id, state_id=state_id)
        yield _retraction(derived_id("gone", state.hearing_id, event_id, str(state.revision)), one, at, reason=reason)


def _retraction(event_id: str, told: Told, at: datetime, *, reason: str) -> Retraction:
    return Retraction(event_id, told.event_id, told.state_id, CaseKey(told.case_id, told.urn), at, reason)


def _rest(state: HearingState, told: Told, event_id: str, at: datetime) -> Fact:
    day = told.day or at.date()
    return Fact(
        event_id,
        CaseKey(told.case_id, told.urn),
        passed(told.results, hearing_id=state.hearing_id, day=day, shared_at=state.shared_at),
        at,
        backfill=False,
        defendant_id=told.defendant_id,
        offence_ids=offences_of(told.results),
    )
