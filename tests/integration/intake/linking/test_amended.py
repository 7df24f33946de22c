"""Corrections, through the public interface: of the state that they name, and of one's own events alone."""

import asyncio
from typing import Any

import pytest
from support.intake_door import FORCE, ISSUER, OTHER_FORCE, Door, accepted, crime_reported, event

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("noon")]

URN = "13AB1234526"
ODD = {"references": [{"scheme": "crime-reference", "issuer": ISSUER, "value": "??"}]}


def correction(state: str, *, id_: str = "correction-1", source: str = FORCE, **more: Any) -> dict[str, Any]:
    replacement = {
        "type": "police.crime-reported.v1",
        "data": crime_reported(more={"channel": "phone", **more})["data"],
    }
    data = {"original_id": "crime-1", "corrects_state": state, "reason": "Typed wrongly", "replacement": replacement}
    return event(id_, "police.event-corrected.v1", data, source=source)


def retraction(state: str) -> dict[str, Any]:
    data = {"original_id": "crime-1", "corrects_state": state, "reason": "Recorded twice"}
    return event("retraction-1", "police.event-retracted.v1", data, source=FORCE)


async def test_a_correction_names_the_state_it_corrects_and_the_last_one_only(door: Door) -> None:
    first = (await accepted(door, crime_reported()))["hash"]
    second = (await accepted(door, correction(first)))["hash"]
    assert (await accepted(door, correction(first)))["duplicate"]
    assert (await door.send(correction(first, id_="correction-2"))).status_code == 409
    assert (await door.send(correction("0" * 64, id_="correction-3"))).status_code == 409
    third = (await accepted(door, retraction(second)))["hash"]
    assert (await door.send(correction(third, id_="correction-4"))).status_code == 409
    crime, corrected, _ = await door.log()
    assert corrected["caseid"] == crime["caseid"]
    assert corrected["data"]["replacement"]["data"]["offence"]["subject"] == f"case/{crime['caseid']}"


async def test_what_corrects_a_doubtful_event_is_as_doubtful_until_an_officer_has_looked(door: Door) -> None:
    receipt = await accepted(door, crime_reported(more=ODD))
    made = correction(receipt["hash"], references=ODD["references"])
    await accepted(door, made)
    [corrected] = await door.log("police.event-corrected.v1")
    assert corrected["doubt"] == "crime-reference-pattern"
    assert (await door.officer("/events/crime-1/doubt-cleared")).status_code == 204
    state = (await accepted(door, made))["hash"]
    await accepted(door, retraction(state))
    [retracted] = await door.log("police.event-retracted.v1")
    assert "doubt" not in retracted


async def test_two_corrections_of_one_state_that_race_leave_one(door: Door) -> None:
    state = (await accepted(door, crime_reported()))["hash"]
    answers = await asyncio.gather(*(door.send(correction(state, id_=f"race-{n}")) for n in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


async def test_nobody_corrects_somebody_elses_event_or_moves_it_to_another_case(door: Door) -> None:
    state = (await accepted(door, crime_reported()))["hash"]
    assert (await door.send(correction(state, source=OTHER_FORCE))).status_code == 403
    named = correction(state, source=OTHER_FORCE)
    named["data"]["original_source"] = FORCE
    assert (await door.send(named)).status_code == 403
    elsewhere = correction(state, references=crime_reported(9)["data"]["references"])
    assert (await door.send(elsewhere)).status_code == 422
    assert len(await door.log()) == 1
