"""Common Platform snapshots, compared: what is listed, moved and vacated, what is history, and what is no news."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.courts.comparing import facts
from intake.courts.comparing.facts import Correction, Fact, Retraction
from intake.courts.comparing.withdrawals import without_listings
from support.cases import case_file, personal_words
from support.court import NOW, Court, kinds, listed
from support.hearing_messages import (
    ELSEWHERE,
    HEARING,
    HERE,
    NEXT_HEARING,
    OFFENCE,
    SECOND_OFFENCE,
    changed,
    hearing,
    held_at,
    offence,
    plea,
    result,
    verdict,
)


def test_the_first_snapshot_lists_and_the_same_again_is_no_news() -> None:
    court = listed()
    assert kinds(court.send(hearing())) == []


def test_a_new_room_order_or_length_is_no_news() -> None:
    court = listed()
    moved = hearing()
    moved["courtCentre"]["roomName"] = "Court 9"
    moved["hearingDays"][0] |= {"listingSequence": 7, "listedDurationMinutes": 10_800}
    assert kinds(court.send(moved)) == []


def test_another_time_is_a_change_with_the_reason_that_was_given() -> None:
    court = listed()
    reason = {"code": "K", "type": "Vacated", "description": "No court time"}
    [news] = court.send(hearing(days=("2026-12-08T10:00:00Z",), crackedIneffectiveTrial=reason)).news
    assert isinstance(news, Fact)
    assert isinstance(news.details, facts.Moved)
    assert news.details.before.sittings[0].starts == datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert news.details.reason is not None
    assert news.details.reason.code == "K"


def test_moving_there_and_back_is_told_each_time() -> None:
    court, there, back = listed(), ("2026-12-08T10:00:00Z",), ("2026-12-01T10:00:00Z",)
    sent = [court.send(hearing(days=days)).news for days in (there, back, there)]
    ids = [news.event_id for [news] in sent if isinstance(news, Fact)]
    assert len(set(ids)) == 3


def test_a_new_type_is_a_change() -> None:
    court = listed(type_="Plea and Trial Preparation")
    [news] = court.send(hearing(type_="Trial")).news
    assert isinstance(news, Fact)
    assert isinstance(news.details, facts.Moved)
    assert (news.details.before.trial, news.details.after.trial) == (False, True)


def test_a_vacated_trial_keeps_the_date_that_fell_away_and_may_come_back() -> None:
    court = listed()
    [vacated] = court.send(hearing(isVacatedTrial=True)).news
    assert isinstance(vacated, Fact)
    assert isinstance(vacated.details, facts.Vacated)
    assert vacated.details.listing.sittings
    assert kinds(court.send(hearing(isVacatedTrial=True))) == []
    [back] = court.send(hearing(isVacatedTrial=False)).news
    assert isinstance(back, Retraction)
    assert back.original_id == vacated.event_id


def test_a_hearing_whose_days_are_all_cancelled_is_vacated() -> None:
    court = listed()
    cancelled = hearing()
    cancelled["hearingDays"][0]["isCancelled"] = True
    assert kinds(court.send(cancelled)) == ["Vacated"]


def test_a_hearing_first_seen_when_all_its_days_are_cancelled_was_never_listed() -> None:
    court, cancelled = Court(), hearing()
    cancelled["hearingDays"][0]["isCancelled"] = True
    [vacated] = court.send(cancelled).news
    assert isinstance(vacated, Fact)
    assert isinstance(vacated.details, facts.Vacated)
    assert vacated.details.listing.sittings
    assert kinds(court.send(hearing())) == ["Listed", "Retracted"]


def test_an_older_sharing_that_comes_late_is_stored_and_not_applied() -> None:
    court = listed()
    court.result(
        hearing(offences=[offence(verdict=verdict("NOT_GUILTY"))]), shared="2026-12-01T16:00:00.123456789Z[UTC]"
    )
    late = court.result(hearing(offences=[offence(verdict=verdict("GUILTY"))]), shared="2026-12-01T15:00:00Z")
    assert late.stale
    assert late.news == ()


def test_history_copied_forward_is_not_news_again() -> None:
    other = "8a5b0d4e-0000-4000-8000-0000000000ff"
    copied = [
        offence(OFFENCE, plea=plea("GUILTY", hearing_id=other), verdict=verdict("GUILTY", hearing_id=other)),
        offence(SECOND_OFFENCE, plea=plea("GUILTY", hearing_id=None, day="2026-10-01")),
    ]
    assert kinds(listed().result(hearing(offences=copied))) == []
    own = [offence(plea=plea("GUILTY", hearing_id=None, day="2026-12-01"))]
    assert kinds(listed().result(hearing(offences=own))) == ["PleaEntered"]


def test_the_first_sight_of_an_old_hearing_is_a_baseline_that_tells_nobody() -> None:
    court = Court(now=datetime(2027, 6, 1, tzinfo=UTC))
    done = offence(verdict=verdict("GUILTY"), judicialResults=[result("r1")])
    translation = court.send(hearing(offences=[done]), resulted=True, shared="2026-12-01T16:00:00Z")
    assert kinds(translation) == ["Listed", "VerdictReached", "SentencePassed"]
    assert all(isinstance(news, Fact) and news.backfill for news in translation.news)


LONG_AFTER = datetime(2027, 6, 1, tzinfo=UTC)
CANCELLED = [{"sittingDay": "2026-12-01T10:00:00Z", "isCancelled": True}]
SENTENCED = offence(verdict=verdict("GUILTY"), judicialResults=[result("r1")])


@pytest.mark.parametrize("days", [CANCELLED, []], ids=["all its days cancelled", "without a day"])
def test_an_old_hearing_is_known_as_one_by_cancelled_days_and_by_what_was_decided(days: list[dict[str, Any]]) -> None:
    translation = Court(now=LONG_AFTER).send(
        hearing(hearingDays=days, offences=[SENTENCED]), resulted=True, shared="2026-12-01T16:00:00Z"
    )
    assert "SentencePassed" in kinds(translation)
    assert all(isinstance(news, Fact) and news.backfill for news in translation.news)


@pytest.mark.parametrize(("shared", "history"), [("2026-12-01T16:00:00Z", True), ("2027-06-02T09:00:00Z", False)])
def test_what_was_shared_before_an_old_hearing_was_first_seen_is_history_and_later_results_are_news(
    shared: str,
    history: bool,  # noqa: FBT001
) -> None:
    court = Court(now=LONG_AFTER)
    court.send(hearing())
    found = court.send(hearing(offences=[SENTENCED]), resulted=True, shared=shared).news
    assert [isinstance(news, Fact) and news.backfill for news in found] == [history, history]


def test_a_next_hearing_seen_both_ways_is_listed_once() -> None:
    following = {
        "type": {"description": "Sentence"},
        "courtCentre": {"code": "B13CC00", "name": "Leeds Crown Court"},
        "listedStartDateTime": "2027-01-10T10:00:00Z",
    }
    adjourned = result("r9", text="X - Adjourned", category="INTERMEDIARY", nextHearing=following)
    court = listed()
    done = hearing(
        offences=[offence(judicialResults=[adjourned]), offence(SECOND_OFFENCE, judicialResults=[adjourned])]
    )
    [first] = court.result(done).news
    assert kinds(court.send(hearing(type_="Sentence", days=("2027-01-10T10:00:00Z",), id_=NEXT_HEARING))) == []
    later = hearing(type_="Sentence", days=("2027-01-17T10:00:00Z",), id_=NEXT_HEARING)
    [moved], [vacated] = (court.send(sent).news for sent in (later, changed(later, isVacatedTrial=True)))
    told = [news.details for news in (first, moved, vacated) if isinstance(news, Fact)]
    assert [type(details) for details in told] == [facts.Listed, facts.Moved, facts.Vacated]
    assert len({details.hearing_id for details in told}) == 1


def adjourned(day: str, **more: Any) -> dict[str, Any]:
    """The hearing with two results that adjourn it to a hearing which has no id yet."""
    following = {"type": {"description": "Sentence"}, "listedStartDateTime": day, "courtCentre": {"code": "B13CC00"}}
    results = [
        result(id_, text="X - Adjourned", category="INTERMEDIARY", nextHearing=following, **more)
        for id_ in ("r1", "r2")
    ]
    return hearing(offences=[offence(judicialResults=results)])


def test_a_next_hearing_whose_own_message_says_another_court_has_moved_and_speaks_for_itself() -> None:
    court, day = listed(), "2027-01-10T10:00:00Z"
    court.result(adjourned(day))
    own = held_at(hearing(type_="Sentence", days=(day,), id_=NEXT_HEARING), ELSEWHERE)
    assert kinds(court.send(own)) == ["Moved"]
    assert kinds(court.send(own)) == []
    assert kinds(court.result(adjourned("2027-01-17T10:00:00Z"), shared="2026-12-01T17:00:00Z")) == []


def test_a_next_hearing_whose_results_are_amended_or_deleted_is_taken_back() -> None:
    court, (first, second) = listed(), ("2027-01-10T10:00:00Z", "2027-01-17T10:00:00Z")
    [told] = court.result(adjourned(first)).news
    assert kinds(court.result(hearing(offences=[offence()]))) == []
    for hour, day in ((17, second), (18, first)):
        retraction, told_again = court.result(adjourned(day), shared=f"2026-12-01T{hour}:00:00Z").news
        assert isinstance(retraction, Retraction)
        assert isinstance(told, Fact)
        assert retraction.original_id == told.event_id
        told = told_again
    assert kinds(court.result(adjourned(first, isDeleted=True), shared="2026-12-01T19:00:00Z")) == ["Retracted"]


def test_a_next_hearing_that_speaks_for_itself_is_no_matter_of_the_result_that_named_it() -> None:
    court, (first, second) = listed(), ("2027-01-10T10:00:00Z", "2027-01-17T10:00:00Z")
    court.result(adjourned(first))
    assert kinds(court.send(hearing(type_="Sentence", days=(first,), id_=NEXT_HEARING))) == []
    assert kinds(court.result(adjourned(second), shared="2026-12-01T17:00:00Z")) == []
    assert kinds(court.result(adjourned(second), shared="2026-12-01T18:00:00Z")) == []
    assert kinds(court.send(hearing(type_="Sentence", days=(second,), id_=NEXT_HEARING))) == ["Moved"]


def test_a_confirmed_deletion_retracts_the_listing() -> None:
    court = listed()
    after, retractions = without_listings(court.states[HEARING], received_at=NOW)
    assert len(retractions) == 1
    assert without_listings(after, received_at=NOW)[1] == ()


def test_a_confirmed_deletion_takes_back_every_date_that_was_told_last_first() -> None:
    court, told = Court(), list[str]()
    for day in ("2026-12-01", "2026-12-08", "2026-12-15"):
        [news] = court.send(hearing(days=(f"{day}T10:00:00Z",))).news
        assert isinstance(news, Fact)
        told.append(news.event_id)
    _, retractions = without_listings(court.states[HEARING], court.known, received_at=NOW)
    assert [one.original_id for one in retractions] == told[::-1]
    assert len({one.event_id for one in retractions}) == len(told)


def test_the_published_sample_is_a_baseline_with_nothing_else_ordered_here() -> None:
    sample: Path = case_file("common-platform/hearing.json")
    found = json.loads(sample.read_text(encoding="utf-8"))
    people = personal_words(sample.read_text(encoding="utf-8"))
    for resulted in (False, True):
        translation = Court().send(found, resulted=resulted)
        assert kinds(translation) == ["Listed"]
        [news] = translation.news
        assert isinstance(news, Fact)
        assert news.backfill
        assert not [word for word in people if word in repr(translation)]


_DAYS = st.lists(st.sampled_from(["2026-12-01T10:00:00Z", "2026-12-02T10:00:00Z"]), min_size=1, unique=True)
_COURTS = st.sampled_from([None, HERE, ELSEWHERE])
_OUTCOMES = st.sampled_from([None, "GUILTY", "NOT_GUILTY"])


def _snapshot(
    days: list[str],
    at: tuple[str | None, str | None],
    vacated: bool,  # noqa: FBT001
    pleaded: str | None,
    found: str | None,
) -> dict[str, Any]:
    more: dict[str, Any] = {"plea": plea(pleaded)} if pleaded else {}
    more |= {"verdict": verdict(found)} if found else {}
    return held_at(hearing(days=tuple(days), isVacatedTrial=vacated, offences=[offence(**more)]), *at[: len(days)])


_SNAPSHOTS = st.builds(_snapshot, _DAYS, st.tuples(_COURTS, _COURTS), st.booleans(), _OUTCOMES, _OUTCOMES)


@settings(max_examples=60, deadline=None)
@given(st.lists(_SNAPSHOTS, min_size=1, max_size=5))
def test_a_snapshot_sent_twice_is_never_news_and_no_id_is_used_twice(snapshots: list[dict[str, Any]]) -> None:
    court, seen = Court(), set()
    for snapshot in snapshots:
        for news in court.send(snapshot, resulted=True).news:
            id_ = news.fact.event_id if isinstance(news, Correction) else news.event_id
            assert id_ not in seen
            seen.add(id_)
        assert court.send(changed(snapshot), resulted=True).news == ()
