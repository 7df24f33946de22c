"""While an officer is asked who is who, nothing of a number that the question names is told; it waits, and is seen."""

from collections.abc import Callable
from typing import Any

import pytest
from support.intake_door import Door
from support.movement_messages import KEPT_NUMBER, NUMBER, booking_deleted, booking_moved, merged, movement, unclear
from support.prison_door import (
    case_of,
    confirm_number,
    decide,
    held,
    questions,
    release,
    released,
    retracted,
    send,
    standing,
    waiting,
    withdraw,
)

pytestmark = pytest.mark.servers

Asks = Callable[[], bytes]
ASKS: dict[str, Asks] = {
    "merged": merged,
    "booking-moved": booking_moved,
    "merged the other way": lambda: merged(gone=KEPT_NUMBER, kept=NUMBER),
    "booking moved the other way": lambda: booking_moved(before=KEPT_NUMBER, since=NUMBER),
    "booking-deleted": booking_deleted,
    "unclear": unclear,
}


@pytest.fixture(params=ASKS)
def asks(request: pytest.FixtureRequest) -> bytes:
    return ASKS[request.param]()


@pytest.mark.parametrize("first", ["confirmed", "asked"])
async def test_a_movement_of_a_number_in_question_is_told_to_nobody_and_listed(
    door: Door, asks: bytes, first: str
) -> None:
    case = await case_of(door)
    if first == "confirmed":
        await confirm_number(door, case)
    await send(door, asks)
    await release(door, NUMBER)
    if first == "asked":
        await confirm_number(door, case)
    assert await released(door) == []
    assert len(await questions(door)) == 1
    [listed] = await held(door)
    assert listed["why"] == "number-in-question"


@pytest.mark.parametrize("decision", ["confirmed", "dismissed"])
async def test_what_waits_is_decided_with_the_question_and_nothing_ends_in_silence(
    door: Door, asks: bytes, decision: str
) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await send(door, asks)
    await release(door, NUMBER)
    [question] = await questions(door)
    assert await decide(door, question, decision) == decision
    assert await held(door) == []
    moved_away = decision == "confirmed" and question["why"].startswith("booking-moved") and asks == booking_moved()
    told = set() if moved_away else {(case, "d1")}
    assert await standing(door) == told
    await release(door, KEPT_NUMBER, seconds=90)
    goes_over = decision == "confirmed" and asks in (booking_moved(), merged(), merged(gone=KEPT_NUMBER, kept=NUMBER))
    assert await standing(door) == ({(case, "d1")} if goes_over else told)
    assert len(await released(door)) <= 1, "the same release is told once, under whichever number it comes"


async def test_the_other_number_waits_too_though_nobody_confirmed_it(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await send(door, merged())
    await release(door, KEPT_NUMBER)
    assert [one["why"] for one in await held(door)] == ["number-in-question"]
    await decide(door, (await questions(door))[0], "dismissed")
    assert (await waiting(door), await released(door)) == ([], []), "it is nobody's whom we know"
    await confirm_number(door, case, number=KEPT_NUMBER)
    assert await standing(door) == {(case, "d1")}


async def test_a_held_movement_is_not_confirmed_by_itself_and_dismissed_it_is_never_told(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await send(door, merged())
    await release(door)
    [listed] = await held(door)
    path = f"/documents/{listed['document_id']}/decision"
    assert (await door.officer(path, {"decision": "confirmed"})).status_code == 409
    assert await decide(door, listed, "dismissed") == "dismissed"
    await decide(door, (await questions(door))[0])
    assert await released(door) == []


async def test_a_number_in_two_questions_waits_for_both(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await send(door, merged())
    await send(door, booking_deleted())
    await release(door)
    for expected in ([], [(case, "d1")]):
        await decide(door, (await questions(door))[0])
        assert sorted(await standing(door)) == expected


async def test_a_confirmation_taken_back_ends_the_question_and_the_waiting(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await send(door, merged())
    await release(door)
    assert await withdraw(door, case) == 204
    assert (await waiting(door), await released(door)) == ([], [])


async def test_a_number_that_a_booking_left_keeps_what_was_told_under_it(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await release(door)
    await send(door, booking_moved())
    await decide(door, (await questions(door))[0])
    assert (await standing(door), await retracted(door)) == ({(case, "d1")}, [])
    assert await withdraw(door, case) == 204
    assert await standing(door) == set(), "it was another prisoner's after all"


async def test_a_message_that_names_no_number_is_asked_about(door: Door) -> None:
    await send(door, unclear(number=None))
    [question] = await questions(door)
    assert question["why"] == "renumbering-unclear"
    assert await decide(door, question) == "confirmed"


@pytest.mark.parametrize(("between", "told"), [((), 1), (("received",), 2)])
async def test_the_same_release_under_two_numbers_is_told_once_unless_something_came_between(
    door: Door, between: tuple[str, ...], told: int
) -> None:
    case = await case_of(door)
    for number in (NUMBER, KEPT_NUMBER):
        await confirm_number(door, case, number=number)
    await release(door, NUMBER)
    for _ in between:
        more: dict[str, Any] = {"event_type": "prison-offender-events.prisoner.received", "reason": "ADMISSION"}
        await release(door, NUMBER, seconds=70, **more)
    await release(door, KEPT_NUMBER, seconds=80)
    assert len(await released(door)) == told


async def test_a_movement_as_published_is_what_the_messages_here_are(door: Door) -> None:
    """Against a suite that passes because nothing is ever told."""
    case = await case_of(door)
    await confirm_number(door, case)
    await release(door)
    await send(door, movement(occurred="2020-01-01T10:00:00Z"))
    assert await standing(door) == {(case, "d1")}


async def test_a_number_typed_with_blanks_is_the_number_that_hmpps_sends(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case, number=" a1234 aa ")
    await release(door, NUMBER)
    [told] = await released(door)
    assert "doubt" not in told
