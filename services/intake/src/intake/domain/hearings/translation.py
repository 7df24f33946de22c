"""Common Platform snapshots, compared: what is news in the latest one.

Each message is a whole snapshot without a number. It is compared with the last one of the same hearing at case,
defendant and offence; only what this hearing itself ordered counts. The first sight of a hearing long over is a
baseline: kept, told to nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from intake.domain.deriving import derived_id
from intake.domain.hearings.facts import CaseKey, Fact, Listed, News, Question
from intake.domain.hearings.instants import start_of_day
from intake.domain.hearings.listings import content_of, listing_news, unnamed_hearing
from intake.domain.hearings.outcomes import ordered_here, outcome_news
from intake.domain.hearings.questions import answered, questions
from intake.domain.hearings.sentences import sentence_news
from intake.domain.hearings.snapshot import Listing, Result, Snapshot
from intake.domain.hearings.state import Comparison, HearingState, KnownListing, Told, told_key

# results are usually shared within days of a sitting; later than this, first sight is history
OLD_AFTER: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Translation:
    """`answered`: keys of earlier questions that this snapshot has settled."""

    state: HearingState
    news: tuple[News, ...]
    questions: tuple[Question, ...]
    listings: tuple[KnownListing, ...]
    answered: tuple[str, ...] = ()
    stale: bool = False


def translate(
    state: HearingState,
    snapshot: Snapshot,
    *,
    received_at: datetime,
    shared_at: datetime | None = None,
    resulted: bool = False,
    known: tuple[KnownListing, ...] = (),
    only_results: bool = False,
) -> Translation:
    """Everything new in `snapshot`, and the state to keep; a sharing older than the last one changes nothing.

    `only_results` for a snapshot whose listing and outcomes a later one has overtaken, but not its results.
    """
    if shared_at is not None and state.shared_at is not None and shared_at < state.shared_at:
        return Translation(state, (), (), (), stale=True)
    if state.revision == 0 and _is_over(snapshot, received_at):
        state = msgspec.structs.replace(state, baseline_at=received_at)
    old = state.baseline_at is not None and (state.revision == 0 or _is_before(shared_at, state.baseline_at))
    comparison = Comparison(state, snapshot, received_at, old, resulted, known, shared_at)
    told = dict(state.told)
    found: list[News] = []
    asked: list[Question] = []
    for case in snapshot.cases:
        key = CaseKey(case.id, case.urn)
        if not only_results:
            found.extend(listing_news(comparison, key, told))
        for defendant in case.defendants:
            asked.extend(questions(comparison, key, defendant, told))
            if not only_results:
                found.extend(outcome_news(comparison, key, defendant, told))
            found.extend(sentence_news(comparison, key, defendant, told))
        found.extend(_next_listings(comparison, key, told))
    fresh = tuple(question for question in dict.fromkeys(asked) if question.key not in state.asked)
    settled = answered(comparison)
    open_ = (*(key for key in state.asked if key not in settled), *(question.key for question in fresh))
    listing = state.listing if only_results else _listing(comparison)
    kept = _kept(comparison, told=told, asked=open_, listing=listing)
    return Translation(kept, tuple(found), () if old else fresh, _listings(found), settled)


def _is_over(snapshot: Snapshot, received_at: datetime) -> bool:
    """By its last day; one without a day by what was last decided in it."""
    sittings = snapshot.listing.sittings
    last = sittings[-1].starts if sittings else max(map(start_of_day, _decided(snapshot)), default=received_at)
    return last < received_at - OLD_AFTER


def _decided(snapshot: Snapshot) -> Iterator[date]:
    for case in snapshot.cases:
        for defendant in case.defendants:
            for offence in defendant.offences:
                for said in (offence.plea, offence.verdict, *offence.results):
                    if said is not None and said.day is not None:
                        yield said.day


def _is_before(shared_at: datetime | None, baseline_at: datetime) -> bool:
    return shared_at is not None and shared_at < baseline_at


def _listing(comparison: Comparison) -> Listing:
    """A vacated hearing keeps the listing that fell away."""
    state, snapshot = comparison.state, comparison.snapshot
    return state.listing if snapshot.vacated and state.listing else snapshot.listing


def _kept(
    comparison: Comparison, *, told: dict[str, Told], asked: tuple[str, ...], listing: Listing | None
) -> HearingState:
    """The state to keep; the very same one when nothing in it changed, so that copies of a message don't contend."""
    state = comparison.state
    shared_at = comparison.shared_at or state.shared_at
    kept = msgspec.structs.replace(state, listing=listing, shared_at=shared_at, told=told, asked=asked)
    return state if kept == state else msgspec.structs.replace(kept, revision=comparison.revision)


def _next_listings(comparison: Comparison, case: CaseKey, told: dict[str, Told]) -> Iterator[Fact]:
    """A result that adjourns to a date lists the next hearing, once, however many offences repeat it."""
    for result in _results(comparison, case):
        following = result.next_listing
        if following is None or result.deleted or not _here(comparison, result):
            continue
        content = content_of(following.listing)
        hearing_id = following.hearing_id or unnamed_hearing(case, following.listing)
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
