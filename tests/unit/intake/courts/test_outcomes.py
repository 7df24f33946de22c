"""Common Platform snapshots, compared: pleas, verdicts and sentences, and what is wrong and taken back."""

from typing import Any

import pytest
from intake.courts.comparing import facts
from intake.courts.comparing.facts import Correction, Fact, Retraction
from intake.courts.comparing.translation import Translation
from support.court import kinds, listed
from support.hearing_messages import (
    OFFENCE,
    SECOND_OFFENCE,
    hearing,
    offence,
    plea,
    result,
    verdict,
)


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
    assert [(question.kind, question.about) for question in translation.questions] == [("untold-result", "r1")]


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
