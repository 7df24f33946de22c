"""What was told and a later message lacks: nothing is cleared, an officer is asked once, about the largest thing."""

from collections.abc import Callable
from typing import Any

import pytest
from intake.courts.comparing.facts import Correction, Fact, Retraction
from intake.courts.comparing.translation import Translation
from intake.courts.comparing.withdrawals import without_gone
from support.court import NOW, Court, kinds
from support.hearing_messages import (
    CASE,
    DEFENDANT,
    HEARING,
    OFFENCE,
    SECOND_OFFENCE,
    changed,
    hearing,
    offence,
    plea,
    result,
    verdict,
)

OTHER_CASE = "8a5b0d4e-0000-4000-8000-0000000000fc"
PLACE = f"{CASE}/{DEFENDANT}/{OFFENCE}"
Without = Callable[[dict[str, Any]], object]


def whole() -> dict[str, Any]:
    """Two cases; in the first a plea, a verdict and a sentence."""
    done = offence(
        plea=plea("NOT_GUILTY"), verdict=verdict("GUILTY"), convictionDate="2026-12-01", judicialResults=[result()]
    )
    found = hearing(offences=[done, offence(SECOND_OFFENCE)])
    other = changed(found["prosecutionCases"][0], id=OTHER_CASE, prosecutionCaseIdentifier={"caseURN": "13AB7654326"})
    other["defendants"][0] = {"id": "d2", "offences": [offence("o9")]}
    found["prosecutionCases"].append(other)
    return found


def first(found: dict[str, Any]) -> dict[str, Any]:
    one: dict[str, Any] = found["prosecutionCases"][0]["defendants"][0]["offences"][0]
    return one


def without_the_second_case(found: dict[str, Any]) -> None:
    found["prosecutionCases"].pop()


ALL_GONE: list[tuple[str, str, Without]] = [
    ("plea-gone", PLACE, lambda found: first(found).pop("plea")),
    ("plea-gone", PLACE, lambda found: first(found).update(plea=None)),
    ("verdict-gone", PLACE, lambda found: first(found).pop("verdict")),
    ("result-gone", "r1", lambda found: first(found).update(judicialResults=[])),
    ("offence-gone", PLACE, lambda found: found["prosecutionCases"][0]["defendants"][0]["offences"].pop(0)),
    (
        "defendant-gone",
        f"{CASE}/{DEFENDANT}",
        lambda found: found["prosecutionCases"][0].update(defendants=[{"id": "d9", "offences": []}]),
    ),
    ("case-gone", CASE, lambda found: found["prosecutionCases"].pop(0)),
    ("case-gone", OTHER_CASE, without_the_second_case),
    ("listing-gone", HEARING, lambda found: found.update(hearingDays=[])),
    ("listing-gone", HEARING, lambda found: found.pop("hearingDays")),
]


@pytest.mark.parametrize(("kind", "about", "without"), ALL_GONE)
def test_an_officer_is_asked_once_and_nothing_is_told(kind: str, about: str, without: Without) -> None:
    court, lacking = told(), whole()
    without(lacking)
    translation = court.result(lacking)
    assert [news for news in translation.news if not (isinstance(news, Fact) and news.defendants == ("d9",))] == []
    assert asked(translation) == [(kind, about)]
    assert court.result(lacking).questions == (), "the same message again asks nothing more"


@pytest.mark.parametrize(("kind", "about", "without"), ALL_GONE)
def test_what_is_back_answers_the_question_and_is_no_news(kind: str, about: str, without: Without) -> None:
    court, lacking = told(), whole()
    without(lacking)
    court.result(lacking)
    back = court.result(whole())
    assert (kinds(back), back.answered) == ([], (f"{kind}/{about}",))
    assert asked(court.result(lacking)) == [(kind, about)], "gone again, it is asked again"


@pytest.mark.parametrize(
    ("question", "retracted", "corrected"),
    [
        (f"plea-gone/{PLACE}", 1, 0),
        (f"verdict-gone/{PLACE}", 1, 0),
        ("result-gone/r1", 1, 0),
        (f"offence-gone/{PLACE}", 3, 0),
        (f"defendant-gone/{CASE}/{DEFENDANT}", 3, 0),
        (f"case-gone/{CASE}", 4, 0),
        (f"case-gone/{OTHER_CASE}", 1, 0),
    ],
)
def test_confirmed_it_is_taken_back_as_a_whole_and_nothing_else_is(
    question: str, retracted: int, corrected: int
) -> None:
    state = told().states[HEARING]
    after, news = without_gone(state, [question], received_at=NOW)
    assert sum(isinstance(one, Retraction) for one in news) == retracted
    assert sum(isinstance(one, Correction) for one in news) == corrected
    assert len(after.told) == len(state.told) - retracted
    assert without_gone(after, [question], received_at=NOW)[1] == ()


def test_a_moved_date_is_taken_back_with_all_it_was_before() -> None:
    court = told()
    court.send(changed(whole(), hearingDays=[{"sittingDay": "2026-12-08T10:00:00Z"}]))
    _, news = without_gone(court.states[HEARING], [f"case-gone/{OTHER_CASE}"], received_at=NOW)
    assert len({one.original_id for one in news if isinstance(one, Retraction)}) == 2


def test_a_case_that_left_keeps_its_date_while_the_other_moves() -> None:
    court, moved = told(), changed(whole(), hearingDays=[{"sittingDay": "2026-12-08T10:00:00Z"}])
    without_the_second_case(moved)
    translation = court.send(moved)
    assert kinds(translation) == ["Moved"]
    assert asked(translation) == [("case-gone", OTHER_CASE)]


@pytest.mark.parametrize(
    "odd",
    [
        lambda found: first(found).update(plea={"pleaValue": 7}),
        lambda found: first(found).update(verdict=verdict("MAYBE")),
        lambda found: found["prosecutionCases"][0]["defendants"].__setitem__(0, {"id": DEFENDANT, "offences": "odd"}),
        lambda found: found["prosecutionCases"].__setitem__(1, {"id": OTHER_CASE, "defendants": "odd"}),
        lambda found: found["hearingDays"].__setitem__(0, "odd"),
    ],
)
def test_what_is_there_and_not_understood_is_not_gone(odd: Without) -> None:
    court, found = told(), whole()
    odd(found)
    translation = court.result(found)
    assert kinds(translation) == []
    assert {kind for kind, _ in asked(translation)} == {"unread"}


def test_a_cancelled_or_vacated_hearing_is_not_gone() -> None:
    court = told()
    assert "listing-gone" not in dict(asked(court.send(changed(whole(), isVacatedTrial=True, hearingDays=[]))))


def told() -> Court:
    court = Court()
    assert sorted(kinds(court.result(whole()))) == [
        "Listed",
        "Listed",
        "PleaEntered",
        "SentencePassed",
        "VerdictReached",
    ]
    return court


def asked(translation: Translation) -> list[tuple[str, str]]:
    return [(question.kind, question.about) for question in translation.questions]
