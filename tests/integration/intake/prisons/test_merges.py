"""Merged prison numbers over HTTP: an officer says whether the defendant goes over, and nothing is lost meanwhile."""

import json

import pytest
from support.intake_door import Door
from support.movement_messages import KEPT_NUMBER, NUMBER, booking_moved, merged
from support.prison_door import case_of, confirm_number, decide, questions, release, send

pytestmark = pytest.mark.servers

THIRD_NUMBER = "A7777AA"


async def released(door: Door) -> set[str]:
    return {one["data"]["defendant_id"] for one in await door.log("prison.offender-released.v1")}


async def test_a_release_under_the_number_kept_waits_for_an_officer_and_reaches_the_defendant_of_the_one_gone(
    door: Door,
) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await send(door, merged())
    await send(door, merged())
    await release(door, KEPT_NUMBER)
    assert await released(door) == set()
    [question] = await questions(door)
    assert question["why"] == f"merged: defendant d1 of case {case}"
    assert await decide(door, question) == "confirmed"
    assert await released(door) == {"d1"}
    by_hand, by_merge = await door.log("intake.offender-linked.v1")
    assert by_merge["data"]["by"] == by_hand["data"]["by"] == {"kind": "officer", "subject": "subject-of-officer-app"}
    assert "merged" in by_merge["data"]["why"]
    assert "why" not in by_hand["data"]
    said = json.dumps([await door.log(), question])
    assert NUMBER not in said
    assert KEPT_NUMBER not in said
    assert await decide(door, question) == "confirmed"
    assert len(await door.log("prison.offender-released.v1")) == 1
    assert len(await door.log("intake.offender-linked.v1")) == 2


async def test_a_merge_that_came_before_the_number_was_confirmed_is_asked_about_then(door: Door) -> None:
    case = await case_of(door)
    await send(door, merged())
    assert await questions(door) == []
    await confirm_number(door, case)
    [question] = await questions(door)
    await release(door, KEPT_NUMBER)
    await decide(door, question)
    assert await released(door) == {"d1"}
    await confirm_number(door, case)
    assert await questions(door) == []


async def test_another_defendant_confirmed_after_the_decision_is_asked_about_too(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await send(door, merged())
    await decide(door, (await questions(door))[0])
    await confirm_number(door, case, defendant="d2")
    [question] = await questions(door)
    await decide(door, question)
    await release(door, KEPT_NUMBER)
    assert await released(door) == {"d1", "d2"}
    assert len(await door.log("intake.offender-linked.v1")) == 4


async def test_a_number_that_is_merged_twice_is_asked_about_twice(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await send(door, merged())
    await send(door, merged(gone=KEPT_NUMBER, kept=THIRD_NUMBER))
    await release(door, THIRD_NUMBER)
    [first] = await questions(door)
    await decide(door, first)
    [second] = await questions(door)
    assert await released(door) == set()
    await decide(door, second)
    assert await released(door) == {"d1"}


async def test_a_merge_that_an_officer_dismisses_re_points_nothing(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await send(door, merged())
    [question] = await questions(door)
    assert await decide(door, question, "dismissed") == "dismissed"
    await release(door, KEPT_NUMBER)
    assert await released(door) == set()
    path = f"/documents/{question['document_id']}/decision"
    assert (await door.officer(path, {"decision": "confirmed"})).status_code == 409


async def test_a_booking_that_moved_takes_its_defendant_along_once_an_officer_confirms_it(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await send(door, booking_moved())
    await release(door, KEPT_NUMBER)
    [question] = await questions(door)
    assert question["why"] == f"booking-moved: defendant d1 of case {case}"
    assert await released(door) == set()
    assert await decide(door, question) == "confirmed"
    assert await released(door) == {"d1"}
    await release(door, NUMBER, seconds=120)
    assert len(await door.log("prison.offender-released.v1")) == 1, "the number it left is another prisoner's by now"


async def test_merges_of_prisoners_whom_nobody_confirmed_ask_nobody(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await send(door, merged(gone=KEPT_NUMBER, kept=THIRD_NUMBER))
    assert await questions(door) == []
    await send(door, merged(gone=THIRD_NUMBER, kept=NUMBER))
    assert len(await questions(door)) == 1, "a number that is confirmed is never merged in silence"
