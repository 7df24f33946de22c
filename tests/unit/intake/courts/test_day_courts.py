"""Common Platform snapshots, compared: the court in which each day of a hearing is held."""

import json
from typing import Any

import msgspec
import pytest
from intake.courts.comparing import facts
from intake.courts.comparing.facts import Fact, Listed, Moved
from intake.courts.comparing.state import HearingState
from support.court import Court, kinds, listed
from support.hearing_messages import (
    ELSEWHERE,
    HEARING,
    HERE,
    THIRD,
    TWO_DAYS,
    hearing,
    held_at,
    offence,
    result,
    two_days,
)


def test_a_day_that_moves_to_another_court_is_a_change_each_time() -> None:
    court = listed(days=TWO_DAYS)
    for courts in ((HERE, ELSEWHERE), (HERE, THIRD), (THIRD, THIRD), (HERE, HERE)):
        [news] = court.send(two_days(*courts)).news
        assert isinstance(news, Fact)
        assert isinstance(news.details, facts.Moved)
        assert [day.own_court for day in news.details.after.sittings] == ["" if one == HERE else one for one in courts]
        assert kinds(court.send(two_days(*courts))) == []


def test_a_days_court_that_is_the_hearings_own_or_differs_in_case_or_room_is_no_news() -> None:
    court = listed(days=TWO_DAYS)
    assert kinds(court.send(two_days(HERE, HERE))) == []
    assert kinds(court.send(two_days(HERE, ELSEWHERE))) == ["Moved"]
    again = two_days(HERE, ELSEWHERE.upper())
    again["hearingDays"][1]["courtRoomId"] = "another"
    assert kinds(court.send(again)) == []


def test_a_days_court_that_is_not_said_again_is_where_it_was() -> None:
    court = listed(days=TWO_DAYS)
    assert kinds(court.send(two_days(HERE, ELSEWHERE))) == ["Moved"]
    assert kinds(court.send(two_days(None, None))) == []
    assert kinds(court.send(two_days(HERE, ELSEWHERE))) == []
    assert kinds(court.send(two_days(None, HERE))) == ["Moved"]


def test_a_snapshot_kept_before_the_days_courts_were_looked_at_is_no_news_and_its_next_move_is() -> None:
    court = listed(days=TWO_DAYS)
    as_kept = json.loads(msgspec.json.encode(court.states[HEARING]))
    for told in as_kept["told"].values():
        del told["by_day"]
    for sitting in as_kept["listing"]["sittings"]:
        del sitting["own_court"]
    court.states[HEARING] = msgspec.convert(as_kept, HearingState)
    assert kinds(court.send(two_days(HERE, ELSEWHERE))) == []
    assert kinds(court.send(two_days(HERE, ELSEWHERE))) == []
    assert kinds(court.send(two_days(HERE, THIRD))) == ["Moved"]


def test_two_days_that_start_at_once_are_read_whatever_is_said_of_them() -> None:
    found = two_days(HERE, ELSEWHERE)
    found["hearingDays"][1] |= {"sittingDay": TWO_DAYS[0], "listedDurationMinutes": None}
    court = Court()
    assert kinds(court.send(found)) == ["Listed"]
    assert kinds(court.send({**found, "hearingDays": found["hearingDays"][::-1]})) == []


def in_york(**more: Any) -> dict[str, Any]:
    """A second day elsewhere, and a result whose next hearing is in that court and says what it is called."""
    court = {"id": ELSEWHERE.upper(), "code": "C55YK00", "name": "York Crown Court"}
    following = result(
        "r-next", category="INTERMEDIARY", nextHearing={"type": {"description": "Trial"}, "courtCentre": court}
    )
    found = held_at(hearing(days=TWO_DAYS, offences=[offence(judicialResults=[following])]), HERE, ELSEWHERE)
    return {**found, **more}


def names(found: Listed | Moved) -> list[str | None]:
    listing = found.listing if isinstance(found, Listed) else found.after
    return [day.own_court_name for day in listing.sittings]


def told(court: Court, found: dict[str, Any]) -> list[Listed | Moved]:
    facts_told = [news.details for news in court.send(found).news if isinstance(news, Fact)]
    return [details for details in facts_told if isinstance(details, Listed | Moved)]


def test_a_days_own_court_has_the_name_that_the_message_gives_it_anywhere() -> None:
    [listed_] = told(Court(), in_york())
    assert names(listed_) == [None, "York Crown Court"]


def test_a_days_own_court_that_no_message_names_has_no_name() -> None:
    [listed_] = told(Court(), two_days(HERE, ELSEWHERE))
    assert names(listed_) == [None, None]


def test_a_name_that_is_learnt_later_is_no_news_and_is_kept_when_it_is_not_said_again() -> None:
    court = Court()
    told(court, two_days(HERE, ELSEWHERE))
    assert told(court, in_york()) == []
    [moved] = told(court, two_days(ELSEWHERE, ELSEWHERE))
    assert names(moved) == ["York Crown Court"] * 2
    [again] = told(court, two_days(THIRD, ELSEWHERE))
    assert names(again) == [None, "York Crown Court"]


@pytest.mark.parametrize(
    "court", [{"id": 7, "name": "York"}, {"id": ELSEWHERE}, {"id": ELSEWHERE, "name": " "}, [], None, "York"]
)
def test_what_is_no_name_of_a_court_names_none(court: object) -> None:
    deep: object = {"courtCentre": court}
    for _ in range(400):
        deep = [deep]
    [listed_] = told(Court(), {**two_days(HERE, ELSEWHERE), "applicationOfSomeKind": deep})
    assert names(listed_) == [None, None]
