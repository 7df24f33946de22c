"""What is taken back because an officer confirmed it: a deleted hearing's listings, results that are gone."""

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec

from intake.courts.comparing.facts import CaseKey, Correction, Fact, News, Question, QuestionKind, Retraction
from intake.courts.comparing.sentences import offences_of, passed
from intake.courts.comparing.state import HearingState, KnownListing, Told, told_key
from intake.recording.deriving import derived_id

HEARING_DELETED = "The court has deleted this hearing."
RESULT_GONE = "The court no longer shows this result."


def without_listings(
    state: HearingState, known: Iterable[KnownListing] = (), *, received_at: datetime
) -> tuple[HearingState, tuple[Retraction, ...]]:
    """A hearing that was deleted: all that was told of its dates, last first; `known` may come from another's result.

    Were only the last taken back, the date before it would stand again.
    """
    own = {key: told for key, told in state.told.items() if key.startswith("listing/")}
    others = {told_key("listing", CaseKey(one.case_id, None)): one for one in known}
    gone = {key: Told(one.event_id, "", one.event_id, one.case_id) for key, one in others.items()} | own
    each = [
        msgspec.structs.replace(told, event_id=event_id, state_id=event_id)
        for told in gone.values()
        for event_id in (told.event_id, *reversed(told.earlier))
    ]
    retractions = tuple(
        _retraction(
            derived_id("deleted", state.hearing_id, told.event_id, str(state.revision)),
            told,
            received_at,
            reason=HEARING_DELETED,
        )
        for told in each
    )
    kept = {key: told for key, told in state.told.items() if key not in own}
    return msgspec.structs.replace(state, revision=state.revision + 1, told=kept), retractions


def without_results(
    state: HearingState, gone: Collection[str], *, received_at: datetime
) -> tuple[HearingState, tuple[News, ...]]:
    """Results that the court withdrew silently: a sentence of nothing else is retracted, any other is corrected."""
    told, news = dict(state.told), list[News]()
    for key, known in state.told.items():
        if known.results.keys().isdisjoint(gone):
            continue
        event_id = derived_id("gone", state.hearing_id, key, str(state.revision))
        standing = {id_: carried for id_, carried in known.results.items() if id_ not in gone}
        if not standing:
            del told[key]
            news.append(_retraction(event_id, known, received_at, reason=RESULT_GONE))
            continue
        told[key] = msgspec.structs.replace(known, state_id=event_id, results=standing)
        fact = _rest(state, told[key], event_id, received_at)
        news.append(Correction(known.event_id, known.state_id, fact, RESULT_GONE))
    settled = {Question(QuestionKind.RESULT_GONE, id_).key for id_ in gone}
    asked = tuple(key for key in state.asked if key not in settled)
    return msgspec.structs.replace(state, revision=state.revision + 1, told=told, asked=asked), tuple(news)


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
