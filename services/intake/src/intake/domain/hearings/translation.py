"""Common Platform snapshots, compared: what is news in the latest one.

Each message is a whole snapshot without a number. It is compared with the last one of the same hearing at case,
defendant and offence; only what this hearing itself ordered counts. The first sight of a hearing long over is a
baseline: kept, told to nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec

from intake.domain.deriving import derived_id
from intake.domain.hearings.facts import CaseKey, Fact, Listed, News, Question, Retraction
from intake.domain.hearings.listings import content_of, listing_news
from intake.domain.hearings.outcomes import ordered_here, outcome_news
from intake.domain.hearings.sentences import questions, sentence_news
from intake.domain.hearings.snapshot import Result, Snapshot
from intake.domain.hearings.state import Comparison, HearingState, KnownListing, Told, told_key

# results are usually shared within days of a sitting; later than this, first sight is history
OLD_AFTER: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Translation:
    state: HearingState
    news: tuple[News, ...]
    questions: tuple[Question, ...]
    listings: tuple[KnownListing, ...]
    stale: bool = False


def translate(
    state: HearingState,
    snapshot: Snapshot,
    *,
    received_at: datetime,
    shared_at: datetime | None = None,
    resulted: bool = False,
    known: tuple[KnownListing, ...] = (),
) -> Translation:
    """Everything new in `snapshot`, and the state to keep; a sharing older than the last one changes nothing."""
    if shared_at is not None and state.shared_at is not None and shared_at < state.shared_at:
        return Translation(state, (), (), (), stale=True)
    old = state.revision == 0 and _is_over(snapshot, received_at)
    comparison = Comparison(state, snapshot, received_at, old, resulted, known, shared_at)
    told = dict(state.told)
    found: list[News] = []
    asked: list[Question] = []
    for case in snapshot.cases:
        key = CaseKey(case.id, case.urn)
        found.extend(listing_news(comparison, key, told))
        for defendant in case.defendants:
            asked.extend(questions(comparison, key, defendant, told))
            found.extend(outcome_news(comparison, key, defendant, told))
            found.extend(sentence_news(comparison, key, defendant, told))
        found.extend(_next_listings(comparison, key, told))
    fresh = tuple(q for q in dict.fromkeys(asked) if f"{q.kind}/{q.about}" not in state.asked)
    return Translation(_kept(comparison, told, shared_at, fresh), tuple(found), () if old else fresh, _listings(found))


def without_listings(state: HearingState, *, received_at: datetime) -> tuple[HearingState, tuple[Retraction, ...]]:
    """What an officer's confirmation of a deleted hearing takes back: its listings, as last told."""
    gone = {key: told for key, told in state.told.items() if key.startswith("listing/")}
    retractions = tuple(
        Retraction(
            derived_id("deleted", state.hearing_id, key, str(state.revision)),
            told.event_id,
            told.state_id,
            CaseKey(told.case_id, told.urn),
            received_at,
            "The court has deleted this hearing.",
        )
        for key, told in gone.items()
    )
    kept = {key: told for key, told in state.told.items() if key not in gone}
    return msgspec.structs.replace(state, revision=state.revision + 1, told=kept), retractions


def _is_over(snapshot: Snapshot, received_at: datetime) -> bool:
    sittings = snapshot.listing.sittings
    return bool(sittings) and sittings[-1].starts < received_at - OLD_AFTER


def _kept(
    comparison: Comparison, told: dict[str, Told], shared_at: datetime | None, fresh: tuple[Question, ...]
) -> HearingState:
    """The state to keep; the very same one when nothing in it changed, so that copies of a message don't contend."""
    state, snapshot = comparison.state, comparison.snapshot
    kept = msgspec.structs.replace(
        state,
        listing=state.listing if snapshot.vacated and state.listing else snapshot.listing,
        shared_at=shared_at or state.shared_at,
        told=told,
        asked=(*state.asked, *(f"{question.kind}/{question.about}" for question in fresh)),
    )
    return state if kept == state else msgspec.structs.replace(kept, revision=comparison.revision)


def _next_listings(comparison: Comparison, case: CaseKey, told: dict[str, Told]) -> Iterator[Fact]:
    """A result that adjourns to a date lists the next hearing, once, however many offences repeat it."""
    for result in _results(comparison, case):
        following = result.next_listing
        if following is None or result.deleted or not _here(comparison, result):
            continue
        content = content_of(following.listing)
        hearing_id = following.hearing_id or derived_id("hearing", case.id, content)
        key = told_key("next", case, content)
        seen = any(k.is_of(hearing_id, case_id=case.id, listing=following.listing) for k in comparison.known)
        if key in told or seen:
            continue
        event_id = derived_id("listed", hearing_id, case.id)
        told[key] = Told(event_id, content, event_id, case.id, case.urn)
        listed = Listed(hearing_id, following.listing)
        yield Fact(event_id, case, listed, comparison.received_at, comparison.old)


def _results(comparison: Comparison, case: CaseKey) -> Iterator[Result]:
    for found in comparison.snapshot.cases:
        if found.id == case.id:
            for defendant in found.defendants:
                for offence in defendant.offences:
                    yield from offence.results


def _here(comparison: Comparison, result: Result) -> bool:
    return comparison.resulted and ordered_here(comparison.snapshot, result.hearing_id, day=result.day)


def _listings(found: list[News]) -> tuple[KnownListing, ...]:
    return tuple(
        KnownListing(fact.event_id, fact.case.id, fact.details.hearing_id, fact.details.listing)
        for fact in found
        if isinstance(fact, Fact) and isinstance(fact.details, Listed)
    )
