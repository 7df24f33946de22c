"""Movements over HTTP: told only for a number that an officer confirmed, whichever comes first."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from chassis.clock import SystemClock
from support.cases import case_file
from support.intake_door import Door, crime_reported
from support.movement_messages import NUMBER, movement

pytestmark = pytest.mark.servers


def soon(minutes: int = 1) -> str:
    """A time after the cases of a test were opened, and within what a sender's clock may be ahead."""
    return (SystemClock().now() + timedelta(minutes=minutes)).isoformat()


async def send(door: Door, raw: bytes) -> int:
    headers = door.headers("hmpps", scope="domain-events:write")
    return (await door.http.post("/domain-events", content=raw, headers=headers)).status_code


async def confirm(door: Door, case: str, *, number: str = NUMBER, defendant: str = "d1") -> int:
    path = f"/cases/{case}/defendants/{defendant}/prison-number"
    return (await door.officer(path, {"number": number})).status_code


async def cases(door: Door, *numbers: int) -> list[str]:
    for number in numbers:
        await door.send(crime_reported(number))
    return [recorded["caseid"] for recorded in await door.log()]


async def released(door: Door) -> list[dict[str, Any]]:
    return await door.log("prison.offender-released.v1")


async def test_a_release_is_told_in_each_case_of_a_confirmed_number_and_only_once(door: Door) -> None:
    first, second = await cases(door, 1, 2)
    assert await confirm(door, first) == 204
    assert await confirm(door, second, defendant="d2") == 204
    raw = movement(occurred=soon())
    assert [await send(door, raw) for _ in range(3)] == [200] * 3
    told = await released(door)
    assert {(one["caseid"], one["data"]["defendant_id"]) for one in told} == {(first, "d1"), (second, "d2")}
    assert NUMBER not in json.dumps(await door.log())


async def test_a_release_waits_for_an_officer_to_confirm_whose_number_it_is(door: Door) -> None:
    [case] = await cases(door, 1)
    await send(door, movement(occurred=soon()))
    await send(door, movement(occurred="2020-01-01T00:00:00Z"))
    assert await released(door) == []
    assert await confirm(door, case) == 204
    assert await confirm(door, case) == 204
    assert len(await released(door)) == 1
    assert len(await door.log("intake.offender-linked.v1")) == 1


async def test_a_movement_from_before_a_case_was_opened_is_not_told_in_it_however_late_it_comes(door: Door) -> None:
    [case] = await cases(door, 1)
    await confirm(door, case)
    assert await send(door, movement(occurred="2020-01-01T00:00:00Z")) == 200
    assert await released(door) == []


async def test_a_court_visit_a_transfer_and_the_immediate_lane_tell_nothing(door: Door) -> None:
    [case] = await cases(door, 1)
    await confirm(door, case)
    for raw in (
        movement(reason="SENT_TO_COURT", occurred=soon()),
        movement(reason="TRANSFERRED", occurred=soon()),
        movement(event_type="prisoner-offender-search.prisoner.released", occurred=soon()),
    ):
        assert await send(door, raw) == 200
    assert await released(door) == []
    assert await door.count("document") == 3


async def test_an_unknown_reason_and_an_unknown_type_wait_for_an_officer(door: Door) -> None:
    await send(door, movement(reason="UNKNOWN"))
    await send(door, movement(event_type="prisoner.teleported"))
    headers = door.headers("officer-app", scope="", roles=("officer",))
    states = [document["state"] for document in (await door.http.get("/documents", headers=headers)).json()]
    assert sorted(states) == ["parked", "question"]


async def parked(door: Door) -> dict[str, Any]:
    headers = door.headers("officer-app", scope="", roles=("officer",))
    [document] = (await door.http.get("/documents", headers=headers)).json()
    found: dict[str, Any] = document
    return found


async def test_a_movement_that_nobody_can_read_waits_on_with_the_decision_noted(door: Door) -> None:
    await send(door, movement(reason="ABDUCTED"))
    document = await parked(door)
    path = f"/documents/{document['document_id']}/decision"
    assert (await door.officer(path, {"decision": "confirmed"})).json() == {"state": "parked"}
    assert (await parked(door))["decided_at"] is not None
    assert (await door.officer(path, {"decision": "dismissed"})).json() == {"state": "dismissed"}
    assert (await door.officer(path, {"decision": "confirmed"})).status_code == 409


async def test_a_movement_that_can_be_read_by_now_is_told_when_an_officer_confirms_it(door: Door) -> None:
    [case] = await cases(door, 1)
    await confirm(door, case)
    await send(door, movement(occurred=soon(), number="A9999AA"))
    async with door.pool.acquire() as connection:  # as a release that did not know the reason left it
        await connection.execute("UPDATE document SET state = 'parked'")
        await connection.execute("UPDATE movement SET meaning = 'unknown'")
    assert await confirm(door, case, number="A9999AA") == 204
    assert await released(door) == []
    path = f"/documents/{(await parked(door))['document_id']}/decision"
    assert (await door.officer(path, {"decision": "confirmed"})).json() == {"state": "applied"}
    assert len(await released(door)) == 1


async def test_an_officer_who_confirms_a_release_of_unknown_kind_tells_it_in_person(door: Door) -> None:
    [case] = await cases(door, 1)
    await confirm(door, case)
    await send(door, movement(reason="UNKNOWN", occurred=soon()))
    path = f"/documents/{(await parked(door))['document_id']}/decision"
    assert (await door.officer(path, {"decision": "confirmed"})).json() == {"state": "confirmed"}
    assert await released(door) == []


async def test_a_malformed_number_that_was_confirmed_is_doubtful(door: Door) -> None:
    [case] = await cases(door, 1)
    await confirm(door, case, number="I1234AA")
    await send(door, movement(number="I1234AA", occurred=soon()))
    [told] = await released(door)
    assert told["doubt"] == "prison-number-pattern"
    assert (await door.officer(f"/events/{told['id']}/doubt-cleared")).status_code == 204
    [cleared] = await door.log("intake.doubt-cleared.v1")
    assert (cleared["data"]["event_id"], cleared["caseid"]) == (told["id"], case)


async def test_bad_requests_are_refused(door: Door) -> None:
    assert await send(door, b"{") == 400
    headers = door.headers("hmpps", scope="events:publish")
    assert (await door.http.post("/domain-events", content=movement(), headers=headers)).status_code == 403
    assert await confirm(door, "01930000-0000-7000-8000-00000000ffff") == 404
    [case] = await cases(door, 1)
    assert await confirm(door, case, defendant="A N Other") == 422


async def test_the_published_samples_are_kept_and_tell_nobody(door: Door) -> None:
    for name in ("released", "received"):
        assert await send(door, case_file(f"hmpps/prisoner-{name}.json").read_bytes()) == 200
    assert await door.log() == []
    async with door.pool.acquire() as connection:
        rows = await connection.fetch("SELECT meaning, occurred_at FROM movement ORDER BY occurred_at")
    assert [row["meaning"] for row in rows] == ["received", "released"]
    assert rows[1]["occurred_at"] == datetime(2024, 10, 14, 14, 9, 54, tzinfo=UTC)
