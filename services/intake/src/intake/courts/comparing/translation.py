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

from intake.courts.comparing.facts import CaseKey, Fact, Listed, News, Question
from intake.courts.comparing.following import following_news
from intake.courts.comparing.gone import is_listing_gone
from intake.courts.comparing.listings import claimed, listing_news, with_known_courts
from intake.courts.comparing.outcomes import outcome_news
from intake.courts.comparing.questions import answered, questions
from intake.courts.comparing.sentences import sentence_news
from intake.courts.comparing.state import Comparison, HearingState, KnownListing, Told
from intake.courts.reading.snapshot import Listing, Snapshot
from intake.recording.instants import start_of_day

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
    without_a_day: bool = False,
) -> Translation:
    """Everything new in `snapshot`, and the state to keep; a sharing older than the last one changes nothing.

    `only_results` for a snapshot whose listing and outcomes a later one has overtaken, but not its results;
    `without_a_day` where an officer has confirmed that the hearing has lost its days.
    """
    if shared_at is not None and state.shared_at is not None and shared_at < state.shared_at:
        return Translation(state, (), (), (), stale=True)
    if state.revision == 0 and _is_over(snapshot, received_at):
        state = msgspec.structs.replace(state, baseline_at=received_at)
    snapshot = with_known_courts(snapshot, state.listing)
    old = state.baseline_at is not None and (state.revision == 0 or _is_before(shared_at, state.baseline_at))
    comparison = Comparison(state, snapshot, received_at, old, resulted, known, shared_at, without_a_day)
    told = dict(state.told)
    found: list[News] = []
    in_question = not snapshot.is_listed or is_listing_gone(comparison)
    for case in snapshot.cases:
        key = CaseKey(case.id, case.urn)
        if not (only_results or in_question):
            found.extend(listing_news(comparison, case, told))
        for defendant in case.defendants:
            if not only_results:
                found.extend(outcome_news(comparison, key, defendant, told))
            found.extend(sentence_news(comparison, key, defendant, told))
        found.extend(following_news(comparison, key, told))
    asked = questions(comparison)
    fresh = tuple(question for question in asked if question.key not in state.asked)
    settled = answered(comparison, asked)
    open_ = (*(key for key in state.asked if key not in settled), *(question.key for question in fresh))
    listing = state.listing if only_results or in_question else _listing(comparison)
    kept = _kept(comparison, told=told, asked=open_, listing=listing)
    listings = (*_listings(found), *claimed(comparison, told))
    return Translation(kept, tuple(found), () if old else fresh, listings, settled)


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


def _listings(found: list[News]) -> tuple[KnownListing, ...]:
    return tuple(
        KnownListing(fact.event_id, fact.case.id, fact.details.hearing_id, fact.details.listing, fact.defendants)
        for fact in found
        if isinstance(fact, Fact) and isinstance(fact.details, Listed)
    )
