"""What a hearing's message says and nobody has decided about: it is an officer's question, and the rest is told."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from intake.courts.comparing.facts import Fact, Listed
from intake.courts.comparing.translation import Translation
from intake.courts.reading.message import read_message
from support.court import Court, kinds, listed
from support.hearing_messages import (
    CASE,
    DEFENDANT,
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

Change = Callable[[dict[str, Any]], object]


def whole() -> dict[str, Any]:
    """A resulted hearing of two offences: a listing, a plea, two verdicts and a sentence to tell."""
    guilty = verdict("GUILTY")
    first = offence(plea=plea("NOT_GUILTY"), verdict=guilty, convictionDate="2026-12-01", judicialResults=[result()])
    return hearing(offences=[first, offence(SECOND_OFFENCE, verdict=guilty)])


def first_offence(found: dict[str, Any]) -> dict[str, Any]:
    one: dict[str, Any] = found["prosecutionCases"][0]["defendants"][0]["offences"][0]
    return one


def defendant(found: dict[str, Any]) -> dict[str, Any]:
    one: dict[str, Any] = found["prosecutionCases"][0]["defendants"][0]
    return one


TOLD = ["Listed", "PleaEntered", "SentencePassed", "VerdictReached", "VerdictReached"]


def set_in(place: Callable[[dict[str, Any]], dict[str, Any]], **more: Any) -> Change:
    return lambda found: place(found).update(more)


@pytest.mark.parametrize(
    ("what", "change", "missing"),
    [
        ("plea.pleaValue", set_in(first_offence, plea=plea("PERHAPS")), ["PleaEntered"]),
        ("plea", set_in(first_offence, plea={"pleaValue": 7}), ["PleaEntered"]),
        ("plea", set_in(first_offence, plea="GUILTY"), ["PleaEntered"]),
        ("verdict.verdictType.categoryType", set_in(first_offence, verdict=verdict("MAYBE")), ["VerdictReached"]),
        (
            "verdict.verdictType.categoryType",
            set_in(first_offence, verdict={"verdictDate": "2026-12-01"}),
            ["VerdictReached"],
        ),
        (
            "judicialResult.category",
            set_in(first_offence, judicialResults=[result(category="NEW")]),
            ["SentencePassed"],
        ),
        ("judicialResult.category", set_in(first_offence, judicialResults=[result(category=None)]), ["SentencePassed"]),
        ("judicialResult", set_in(first_offence, judicialResults=["odd"]), ["SentencePassed"]),
        ("offence", lambda found: defendant(found)["offences"].append({"id": 5}), []),
        ("defendant", lambda found: found["prosecutionCases"][0]["defendants"].append("odd"), []),
        ("prosecutionCase", lambda found: found["prosecutionCases"].append({"id": None}), []),
        ("prosecutionCase.id", lambda found: found["prosecutionCases"].append({"id": " "}), []),
        (
            "prosecutionCase.caseURN",
            lambda found: found["prosecutionCases"].append(
                {"id": "other", "prosecutionCaseIdentifier": {"caseURN": "13AB1234526\x00"}}
            ),
            [],
        ),
        ("hearing.jurisdictionType", lambda found: found.update(jurisdictionType="MOON"), []),
        ("hearing.courtCentre.code", lambda found: found["courtCentre"].update(code="?"), ["Listed"]),
        ("hearing.hearingDays", lambda found: found["hearingDays"].append("odd"), ["Listed"]),
        (
            "hearing.hearingDays.sittingDay",
            lambda found: found["hearingDays"][0].update(sittingDay="0001-01-01T00:00:00+10:00"),
            ["Listed"],
        ),
        (
            "hearing.hearingDays",
            lambda found: found.update(hearingDays=found["hearingDays"] * 1001),
            ["Listed"],
        ),
        ("courtApplication", lambda found: found.update(courtApplications=[{"id": "a1"}]), []),
        ("courtApplication", lambda found: found.update(courtApplications=["odd"]), []),
        ("hearing.defendantJudicialResult", lambda found: found.update(defendantJudicialResults=[{"x": 1}]), []),
        ("defendant.judicialResults", set_in(defendant, judicialResults=[{"label": "Bail"}]), []),
        ("defendant.bailStatus", set_in(defendant, personDefendant={"bailStatus": {"code": "B"}}), []),
        ("defendant.bailStatus", set_in(defendant, personDefendant={"bailConditions": "no contact"}), []),
        ("offence.isDiscontinued", set_in(first_offence, isDiscontinued=True), []),
    ],
)
def test_the_part_in_question_waits_and_all_else_is_told(what: str, change: Change, missing: list[str]) -> None:
    found = whole()
    change(found)
    translation = Court().result(found)
    assert [about.split("/")[0] for about in unread(translation)] == [what]
    for kind in missing:
        told = sorted(kinds(translation))
        assert told.count(kind) == TOLD.count(kind) - 1
    assert sorted(kinds(translation) + missing) == TOLD


@pytest.mark.parametrize("bail", [None, {"code": "A", "description": "Not applicable"}])
def test_a_bail_status_that_says_nothing_is_no_question(bail: dict[str, str] | None) -> None:
    found = whole()
    defendant(found)["personDefendant"] = {"bailStatus": bail}
    assert unread(Court().result(found)) == []


def test_a_hearing_of_an_application_alone_is_a_question() -> None:
    appeal = {"id": "a1", "type": {"type": "Appeal against sentence"}, "applicationStatus": "FINALISED"}
    translation = Court().send(hearing(prosecutionCases=[], courtApplications=[appeal]))
    assert [about.split("/")[:3] for about in unread(translation)] == [["courtApplication", HEARING, "a1"]]


def test_the_same_again_is_not_asked_again_and_other_content_is() -> None:
    court, found = listed(), whole()
    found["courtApplications"] = [{"id": "a1", "status": "LISTED"}]
    assert len(unread(court.send(found))) == 1
    assert unread(court.send(found)) == []
    found["courtApplications"] = [{"id": "a1", "status": "FINALISED"}]
    again = court.send(found)
    assert len(unread(again)) == 1
    assert len(again.answered) == 1, "the first question is overtaken by the second"


def test_a_value_that_is_known_by_the_next_message_is_told_then_and_answers_the_question() -> None:
    court = listed()
    odd = court.send(hearing(offences=[offence(plea=plea("PERHAPS"))]))
    told = court.send(hearing(offences=[offence(plea=plea("GUILTY"))]))
    assert (kinds(odd), kinds(told)) == ([], ["PleaEntered"])
    assert told.answered == tuple(question.key for question in odd.questions)


def test_what_was_copied_forward_from_another_hearing_is_no_question() -> None:
    copied = offence(
        plea=plea("PERHAPS", hearing_id="h0"),
        verdict=verdict("MAYBE", hearing_id="h0"),
        judicialResults=[result(category="NEW", orderedHearingId="h0")],
    )
    assert Court().send(hearing(offences=[copied]), resulted=True).questions == ()


def test_an_adjournment_may_come_without_a_category() -> None:
    adjourned = result(text="NHCCS", category=None, nextHearing={"existingHearingId": NEXT_HEARING})
    assert unread(listed().result(hearing(offences=[offence(judicialResults=[adjourned])]))) == []


@pytest.mark.parametrize(
    "odd", [b"cut \\ud83d", b"\\udc00", b"\xff\xfe", b"a\x01b", b"\\u0000"], ids=["half", "half too", "bytes", "1", "0"]
)
def test_an_odd_character_in_a_text_that_nobody_reads_costs_nothing(odd: bytes) -> None:
    raw = message(hearing(offences=[offence(wording="@@")])).replace(b"@@", odd)
    snapshot, _ = read_message(raw, fingerprint=bytes.hex)
    assert (snapshot.hearing_id, snapshot.unread) == (HEARING, ())


def test_a_byte_order_mark_is_no_part_of_the_message() -> None:
    snapshot, _ = read_message(b"\xef\xbb\xbf" + message(hearing()), fingerprint=bytes.hex)
    assert snapshot.hearing_id == HEARING


def test_a_time_without_its_zone_is_told_to_nobody_before_an_officer_has_looked() -> None:
    court = listed()
    same = court.send(hearing(days=("2026-12-01T10:00:00",)))
    [moved] = court.send(hearing(days=("2026-12-01T11:00:00",))).news
    assert kinds(same) == []
    assert isinstance(moved, Fact)
    assert not moved.is_zoned
    [again] = court.send(hearing(days=("2026-12-01T12:00:00Z",))).news
    assert isinstance(again, Fact)
    assert again.is_zoned


def test_a_next_hearing_whose_time_has_no_zone_is_doubtful_too() -> None:
    following = {"existingHearingId": NEXT_HEARING, "listedStartDateTime": "2027-01-05T10:00:00"}
    adjourned = result(text="NHCCS", category="INTERMEDIARY", nextHearing=following)
    [listing] = listed().result(hearing(offences=[offence(judicialResults=[adjourned])])).news
    assert isinstance(listing, Fact)
    assert isinstance(listing.details, Listed)
    assert not listing.is_zoned


@pytest.mark.parametrize("number", [1, 60, 61, 180, 260])
def test_a_sentence_of_many_results_is_as_many_facts_as_hold_it(number: int) -> None:
    offences = [offence(f"o{n}", convictionDate="2026-12-01", judicialResults=[result(f"r{n}")]) for n in range(number)]
    court = listed()
    sentences = [news for news in court.result(hearing(offences=offences)).news if isinstance(news, Fact)]
    assert [offence_id for fact in sentences for offence_id in fact.offence_ids] == [f"o{n}" for n in range(number)]
    assert len({fact.event_id for fact in sentences}) == len(sentences) == -(-number // 60)
    assert kinds(court.result(hearing(offences=offences))) == []


def test_nothing_of_a_question_names_a_person() -> None:
    found = changed(whole(), courtApplications=[{"id": "a1", "applicant": {"name": "Ada Example"}}])
    defendant(found)["personDefendant"] = {"bailConditions": "Not to contact Ada Example"}
    asked = json.dumps([question.key for question in Court().result(found).questions])
    assert "Ada" not in asked
    assert f"{CASE}/{DEFENDANT}" in asked


def test_the_offence_in_question_is_named() -> None:
    [about] = unread(listed().send(hearing(offences=[offence(plea=plea("PERHAPS"))])))
    assert about.startswith(f"plea.pleaValue/{CASE}/{DEFENDANT}/{OFFENCE}/")


def unread(translation: Translation) -> list[str]:
    return [question.about for question in translation.questions if question.kind == "unread"]
