"""Withdrawn prison numbers that HMPPS merged: what came of one falls with it, unless an officer confirmed it too."""

import json

import pytest
from support.intake_door import Door
from support.movement_messages import KEPT_NUMBER, merged
from support.prison_door import (
    DAYS_LATER,
    case_of,
    confirm_number,
    decide,
    questions,
    release,
    released,
    send,
    standing,
    withdraw,
)

pytestmark = pytest.mark.servers


async def test_a_withdrawn_number_is_not_carried_on_by_a_merge_and_nobody_is_asked(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await confirm_number(door, case, defendant="d2")
    await send(door, merged())
    await withdraw(door, case)
    [question] = await questions(door)
    assert question["why"] == f"merged: defendant d2 of case {case}"
    await withdraw(door, case, defendant="d2")
    assert await questions(door) == []
    await release(door, KEPT_NUMBER)
    await confirm_number(door, case)
    [asked] = await questions(door)
    await decide(door, asked)
    assert await standing(door) == {(case, "d1")}


async def test_what_a_merge_made_of_a_number_falls_with_it(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await release(door)
    await send(door, merged())
    await decide(door, (await questions(door))[0])
    await release(door, KEPT_NUMBER, seconds=DAYS_LATER)
    assert len(await released(door)) == 2
    assert await withdraw(door, case) == 204
    assert await standing(door) == set()
    assert len(await door.log("intake.offender-unlinked.v1")) == 2
    await release(door, KEPT_NUMBER, seconds=2 * DAYS_LATER)
    assert len(await released(door)) == 2
    assert KEPT_NUMBER not in json.dumps(await door.log())


async def test_a_number_that_an_officer_confirmed_too_stays_when_the_one_merged_into_it_is_withdrawn(
    door: Door,
) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await send(door, merged())
    await decide(door, (await questions(door))[0])
    await confirm_number(door, case, number=KEPT_NUMBER)
    await release(door, KEPT_NUMBER)
    assert await withdraw(door, case) == 204
    assert await standing(door) == {(case, "d1")}
    assert await withdraw(door, case, number=KEPT_NUMBER) == 204
    assert await standing(door) == set()


async def test_a_number_withdrawn_after_its_merge_is_not_made_again_when_the_merge_is_asked_about_anew(
    door: Door,
) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await send(door, merged())
    [question] = await questions(door)
    await decide(door, question)
    assert await withdraw(door, case, number=KEPT_NUMBER) == 204
    assert await decide(door, question) == "confirmed"
    await confirm_number(door, case, defendant="d2")
    await decide(door, (await questions(door))[0])
    await release(door, KEPT_NUMBER)
    assert await standing(door) == {(case, "d2")}
