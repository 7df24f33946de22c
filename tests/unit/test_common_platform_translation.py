"""Common Platform snapshots, compared: what is news, what is history, what is wrong and taken back."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.domain.errors import HearingUnreadable
from intake.domain.hearings import facts
from intake.domain.hearings.facts import Correction, Fact, News, Retraction
from intake.domain.hearings.instants import parse_instant
from intake.domain.hearings.reading import read_message
from intake.domain.hearings.state import HearingState, KnownListing
from intake.domain.hearings.translation import Translation, translate
from intake.domain.hearings.withdrawals import without_listings
from support.cases import case_file
from support.hearing_messages import (
    HEARING,
    NEXT_HEARING,
    OFFENCE,
    SECOND_OFFENCE,
    changed,
    hearing,
    message,
    offence,
    plea,
    result,
    verdict,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
AFTER_TRIAL = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)


@dataclass
class Court:
    """Feeds messages one after the other, as the adapter does."""

    now: datetime = NOW
    states: dict[str, HearingState] = field(default_factory=dict)
    known: tuple[KnownListing, ...] = ()

    def send(self, found: dict[str, Any], *, resulted: bool = False, shared: str | None = None) -> Translation:
        snapshot, shared_at = read_message(message(found, shared=shared), fingerprint=lambda raw: raw.hex())
        state = self.states.get(snapshot.hearing_id, HearingState(snapshot.hearing_id))
        translation = translate(
            state, snapshot, received_at=self.now, shared_at=shared_at, resulted=resulted, known=self.known
        )
        self.states[snapshot.hearing_id] = translation.state
        self.known += translation.listings
        self.now += timedelta(minutes=1)
        return translation

    def result(self, found: dict[str, Any], *, shared: str = "2026-12-01T16:00:00Z[UTC]") -> Translation:
        self.now = max(self.now, AFTER_TRIAL)
        return self.send(found, resulted=True, shared=shared)


def kinds(translation: Translation) -> list[str]:
    return [_kind(news) for news in translation.news]


def _kind(news: News) -> str:
    match news:
        case Fact():
            return type(news.details).__name__
        case Correction():
            return f"Corrected {type(news.fact.details).__name__}"
        case Retraction():
            return "Retracted"


def listed(**more: Any) -> Court:
    court = Court()
    assert kinds(court.send(hearing(**more))) == ["Listed"]
    return court


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


def test_a_plea_is_told_once_and_a_later_one_is_a_change_of_plea() -> None:
    court = listed()
    assert kinds(court.result(hearing(offences=[offence(plea=plea("NOT_GUILTY"))]))) == ["PleaEntered"]
    assert kinds(court.result(hearing(offences=[offence(plea=plea("NOT_GUILTY"))]))) == []
    later = offence(plea=plea("CHANGE_TO_GUILTY_NO JURY", day="2026-12-02"))
    assert kinds(court.result(hearing(offences=[later]))) == ["PleaEntered"]


def test_a_missing_plea_is_not_a_cleared_one() -> None:
    court = listed()
    court.result(hearing(offences=[offence(plea=plea("NOT_GUILTY"))]))
    assert kinds(court.result(hearing())) == []
    assert kinds(court.result(hearing(offences=[offence(plea=plea("NOT_GUILTY"))]))) == []


def test_an_indicated_plea_is_not_a_plea() -> None:
    assert kinds(listed().result(hearing(offences=[offence(plea=plea("INDICATED_GUILTY"))]))) == []


def test_a_verdict_of_the_same_day_that_says_otherwise_is_a_correction() -> None:
    court = listed()
    [first] = court.result(hearing(offences=[offence(verdict=verdict("GUILTY_BY_JURY_CONVICTED"))])).news
    assert isinstance(first, Fact)
    [second] = court.result(hearing(offences=[offence(verdict=verdict("NOT_GUILTY"))])).news
    assert isinstance(second, Correction)
    assert second.original_id == first.event_id


def test_a_sentence_lists_its_offences_and_is_one_event_for_each_defendant_and_sharing() -> None:
    court = listed()
    convicted = [
        offence(OFFENCE, verdict=verdict("GUILTY"), judicialResults=[result("r1")]),
        offence(SECOND_OFFENCE, convictionDate="2026-12-01", judicialResults=[result("r2", text="FO - Fine")]),
    ]
    translation = court.result(hearing(offences=convicted))
    assert kinds(translation) == ["VerdictReached", "SentencePassed"]
    sentence = translation.news[1]
    assert isinstance(sentence, Fact)
    assert sentence.offence_ids == (OFFENCE, SECOND_OFFENCE)
    assert isinstance(sentence.details, facts.SentencePassed)
    assert sentence.details.parts == (("imprisonment", "2 Years"), ("fine", "2 Years"))
    assert kinds(court.result(hearing(offences=convicted))) == []


@pytest.mark.parametrize(
    "text", ["WDRN - Withdrawn", "DISM - Dismissed", "IQUASH - Quashed", "ONI - Not on indictment"]
)
def test_a_final_result_that_ends_the_offence_is_no_sentence(text: str) -> None:
    ended = offence(convictionDate="2026-12-01", judicialResults=[result(text=text)])
    translation = listed().result(hearing(offences=[ended]))
    assert kinds(translation) == []
    assert translation.questions == ()


def test_a_final_result_of_an_unknown_class_is_read_by_an_officer_once() -> None:
    court, odd = listed(), offence(convictionDate="2026-12-01", judicialResults=[result(text="QQQ - Something new")])
    assert [question.kind for question in court.result(hearing(offences=[odd])).questions] == ["unknown-result-class"]
    assert court.result(hearing(offences=[odd])).questions == ()


def test_an_amended_result_corrects_the_sentence_and_a_deleted_one_takes_it_back() -> None:
    court = listed()

    def shared(**more: Any) -> Translation:
        done = offence(convictionDate="2026-12-01", judicialResults=[result("r1", **more)])
        return court.result(hearing(offences=[done]))

    [sentence] = shared().news
    assert isinstance(sentence, Fact)
    [amended] = shared(text="IMP - Imprisonment for life").news
    assert isinstance(amended, Correction)
    assert amended.original_id == sentence.event_id
    [taken_back] = shared(text="IMP - Imprisonment for life", isDeleted=True).news
    assert isinstance(taken_back, Retraction)
    assert taken_back.original_id == sentence.event_id
    assert taken_back.state_id == amended.fact.event_id


def test_a_result_that_is_gone_is_asked_about_and_not_retracted() -> None:
    court = listed()
    court.result(hearing(offences=[offence(convictionDate="2026-12-01", judicialResults=[result("r1")])]))
    translation = court.result(hearing(offences=[offence(convictionDate="2026-12-01")]))
    assert kinds(translation) == []
    assert [(question.kind, question.about) for question in translation.questions] == [("result-gone", "r1")]


def test_a_result_amended_to_what_ends_the_offence_takes_the_sentence_back() -> None:
    court = listed()
    for text, kind in (("IMP - Imprisonment", "SentencePassed"), ("IQUASH - Quashed", "Retracted")):
        done = offence(convictionDate="2026-12-01", judicialResults=[result("r1", text=text)])
        assert kinds(court.result(hearing(offences=[done]))) == [kind]


def test_a_deleted_result_beside_one_that_is_gone_leaves_the_latter_to_an_officer() -> None:
    court, first, second = listed(), result("r1"), result("r2", text="FO - Fine")
    court.result(hearing(offences=[offence(convictionDate="2026-12-01", judicialResults=[first, second])]))
    deleted = result("r2", text="FO - Fine", isDeleted=True)
    translation = court.result(hearing(offences=[offence(convictionDate="2026-12-01", judicialResults=[deleted])]))
    [corrected] = translation.news
    assert isinstance(corrected, Correction)
    assert isinstance(corrected.fact.details, facts.SentencePassed)
    assert corrected.fact.details.result_ids == ("r1",)
    assert [question.key for question in translation.questions] == ["result-gone/r1"]


def test_a_question_is_answered_by_the_result_itself_and_asked_again_when_it_goes_again() -> None:
    court, there = listed(), offence(convictionDate="2026-12-01", judicialResults=[result("r1")])
    gone = offence(convictionDate="2026-12-01")
    court.result(hearing(offences=[there]))
    assert len(court.result(hearing(offences=[gone])).questions) == 1
    assert court.result(hearing(offences=[gone])).questions == ()
    assert court.result(hearing(offences=[there])).answered == ("result-gone/r1",)
    assert len(court.result(hearing(offences=[gone])).questions) == 1


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
    assert kinds(court.result(done)) == ["Listed"]
    assert kinds(court.send(hearing(type_="Sentence", days=("2027-01-10T10:00:00Z",), id_=NEXT_HEARING))) == []
    assert kinds(court.send(hearing(type_="Sentence", days=("2027-01-17T10:00:00Z",), id_=NEXT_HEARING))) == ["Moved"]


def test_a_confirmed_deletion_retracts_the_listing() -> None:
    court = listed()
    after, retractions = without_listings(court.states[HEARING], received_at=NOW)
    assert len(retractions) == 1
    assert without_listings(after, received_at=NOW)[1] == ()


@pytest.mark.parametrize(
    ("path", "value"), [("plea", plea("PERHAPS")), ("verdict", verdict("MAYBE")), ("jurisdictionType", "MOON")]
)
def test_an_unknown_value_is_named_by_place_so_that_the_message_is_parked(path: str, value: Any) -> None:
    found = (
        hearing(jurisdictionType=value) if path == "jurisdictionType" else hearing(offences=[offence(**{path: value})])
    )
    snapshot, _ = read_message(message(found), fingerprint=bytes.hex)
    assert any(path in place for place in snapshot.unknown)


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b'{"hearing":{}}', b'{"hearing":{"id":"1","hearingDays":[{"sittingDay":"soon"}]}}']
)
def test_what_cannot_be_read_names_the_place_and_not_the_content(raw: bytes) -> None:
    with pytest.raises(HearingUnreadable) as refused:
        read_message(raw, fingerprint=bytes.hex)
    assert "soon" not in str(refused.value)


def test_times_are_read_in_every_way_they_are_written() -> None:
    same = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    for text in (
        "2026-07-01T09:00:00Z",
        "2026-07-01T09:00Z[UTC]",
        "2026-07-01T09:00:00.000000000Z",
        "2026-07-01T10:00:00+01:00",
    ):
        assert parse_instant(text) == same
    assert parse_instant("2026-07-01") == datetime(2026, 6, 30, 23, tzinfo=UTC)


def test_the_published_sample_is_a_baseline_with_nothing_else_ordered_here() -> None:
    sample: Path = case_file("common-platform/hearing.json")
    found = json.loads(sample.read_text(encoding="utf-8"))
    for resulted in (False, True):
        translation = Court().send(found, resulted=resulted)
        assert kinds(translation) == ["Listed"]
        [news] = translation.news
        assert isinstance(news, Fact)
        assert news.backfill
        assert "McCullough" not in repr(translation)


_DAYS = st.lists(st.sampled_from(["2026-12-01T10:00:00Z", "2026-12-02T10:00:00Z"]), min_size=1, unique=True)
_OUTCOMES = st.sampled_from([None, "GUILTY", "NOT_GUILTY"])


def _snapshot(days: list[str], vacated: bool, pleaded: str | None, found: str | None) -> dict[str, Any]:  # noqa: FBT001
    more: dict[str, Any] = {"plea": plea(pleaded)} if pleaded else {}
    more |= {"verdict": verdict(found)} if found else {}
    return hearing(days=tuple(days), isVacatedTrial=vacated, offences=[offence(**more)])


_SNAPSHOTS = st.builds(_snapshot, _DAYS, st.booleans(), _OUTCOMES, _OUTCOMES)


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
