"""A listing is said of the accused whom the message names: what it does not say of the others it does not change."""

from typing import Any

from intake.courts.comparing import facts
from intake.courts.comparing.facts import Fact, Retraction
from intake.courts.comparing.state import HearingState
from intake.courts.comparing.translation import Translation
from intake.courts.comparing.withdrawals import without_gone, without_listings
from support.court import NOW, Court, kinds
from support.hearing_messages import CASE, DEFENDANT, HEARING, NEXT_HEARING, changed, hearing, offence, result

SECOND, THIRD = "8a5b0d4e-0000-4000-8000-00000000000e", "8a5b0d4e-0000-4000-8000-00000000000f"
BEFORE, AFTER = "2026-12-01T10:00:00Z", "2026-12-08T10:00:00Z"


def of(*accused: str, day: str = BEFORE, **more: Any) -> dict[str, Any]:
    found = hearing(days=(day,), **more)
    defendants = [{"id": one, "offences": [offence(f"offence-of-{one[-1]}")]} for one in accused]
    found["prosecutionCases"][0]["defendants"] = defendants
    return found


def whom(translation: Translation) -> list[tuple[str, tuple[str, ...]]]:
    """What is news, and of whom."""
    return [(type(one.details).__name__, one.defendants) for one in translation.news if isinstance(one, Fact)]


def test_a_hearing_is_listed_for_the_accused_that_it_is_of() -> None:
    assert whom(Court().send(of(DEFENDANT, SECOND))) == [("Listed", (DEFENDANT, SECOND))]
    assert whom(Court().send(of(SECOND))) == [("Listed", (SECOND,))]


def test_a_message_with_some_of_the_accused_moves_the_hearing_for_those_alone() -> None:
    court = Court()
    [first] = court.send(of(DEFENDANT, SECOND)).news
    assert whom(court.send(of(DEFENDANT, day=AFTER))) == [("Moved", (DEFENDANT,))]
    assert whom(court.send(of(DEFENDANT, day=AFTER))) == []
    [later] = court.send(of(DEFENDANT, SECOND, day=AFTER)).news
    assert isinstance(first, Fact)
    assert isinstance(later, Fact)
    assert isinstance(first.details, facts.Listed)
    assert isinstance(later.details, facts.Moved)
    assert (later.defendants, later.details.before) == ((SECOND,), first.details.listing)


def test_who_is_of_the_hearing_later_has_it_listed_and_for_the_others_it_is_no_news() -> None:
    court = Court()
    court.send(of(DEFENDANT))
    assert whom(court.send(of(DEFENDANT, SECOND))) == [("Listed", (SECOND,))]
    assert whom(court.send(of(DEFENDANT, SECOND, THIRD, day=AFTER))) == [
        ("Moved", (DEFENDANT,)),
        ("Moved", (SECOND,)),
        ("Listed", (THIRD,)),
    ]


def test_one_of_two_is_vacated_and_comes_back_while_the_others_date_stands() -> None:
    court = Court()
    court.send(of(DEFENDANT, SECOND))
    assert whom(court.send(of(SECOND, isVacatedTrial=True))) == [("Vacated", (SECOND,))]
    [back] = court.send(of(DEFENDANT, SECOND)).news
    assert isinstance(back, Retraction)


def test_what_is_vacated_for_both_and_comes_back_for_one_is_listed_for_that_one() -> None:
    court = Court()
    court.send(of(DEFENDANT, SECOND))
    assert whom(court.send(of(DEFENDANT, SECOND, isVacatedTrial=True))) == [("Vacated", (DEFENDANT, SECOND))]
    assert kinds(court.send(of(DEFENDANT))) == ["Listed"]
    assert whom(court.send(of(DEFENDANT, day=AFTER))) == [("Moved", (DEFENDANT,))]
    assert kinds(court.send(of(SECOND))) == ["Retracted"]


def test_a_case_that_names_nobody_moves_nobody_and_one_that_never_did_is_listed_for_all() -> None:
    nobody = of(day=AFTER)
    court = Court()
    court.send(of(DEFENDANT))
    assert whom(court.send(nobody)) == []
    assert whom(Court().send(nobody)) == [("Listed", ())]


def test_what_was_listed_for_all_of_a_case_is_not_listed_again_when_the_accused_are_named() -> None:
    court = Court()
    court.send(of())
    assert whom(court.send(of(DEFENDANT))) == []
    assert whom(court.send(of(DEFENDANT, day=AFTER))) == [("Moved", (DEFENDANT,))]


def following(*accused: str) -> dict[str, Any]:
    """The first of the hearings, whose results give those of the accused their next date."""
    found = of(*accused)
    next_hearing = {
        "bookingReference": None,
        "existingHearingId": NEXT_HEARING,
        "listedStartDateTime": AFTER,
        "type": {"id": "t", "description": "Trial"},
        "courtCentre": {"id": "c", "code": "B13CC00", "name": "Leeds Crown Court"},
    }
    for one in found["prosecutionCases"][0]["defendants"]:
        id_ = f"r-{one['id']}"
        one["offences"][0]["judicialResults"] = [result(id_, category="ANCILLARY", nextHearing=next_hearing)]
    return found


def test_a_next_hearing_is_listed_for_those_whose_results_give_it_and_for_others_by_its_own_message() -> None:
    court = Court()
    assert whom(court.result(following(DEFENDANT)))[-1] == ("Listed", (DEFENDANT,))
    assert whom(court.result(following(DEFENDANT, SECOND)))[-1] == ("Listed", (SECOND,))
    own = changed(of(DEFENDANT, SECOND, THIRD, day=AFTER), id=NEXT_HEARING)
    assert whom(court.send(own)) == [("Listed", (THIRD,))]


def told_of_two() -> HearingState:
    court = Court()
    court.send(of(DEFENDANT, SECOND))
    court.send(of(DEFENDANT, day=AFTER))
    return court.states[HEARING]


def test_a_deleted_hearing_takes_back_each_event_once() -> None:
    state, retractions = without_listings(told_of_two(), received_at=NOW)
    assert len({one.original_id for one in retractions}) == len(retractions) == 2
    assert not state.told


def test_a_case_that_is_gone_takes_back_each_event_once_and_one_of_the_accused_none() -> None:
    _, news = without_gone(told_of_two(), [f"case-gone/{CASE}"], received_at=NOW)
    assert len({one.original_id for one in news if isinstance(one, Retraction)}) == len(news) == 2
    assert without_gone(told_of_two(), [f"defendant-gone/{CASE}/{SECOND}"], received_at=NOW)[1] == ()
