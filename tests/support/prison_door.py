"""What HMPPS sends to intake's door, and what an officer says of prison numbers there."""

from datetime import timedelta
from typing import Any

from chassis.clock import SystemClock
from support.intake_door import Door, crime_reported
from support.movement_messages import NUMBER, movement

DAYS_LATER = 200_000
"""Seconds: a movement of its own, and no repetition of one before."""
WHY = "The record of A N Other was open."


async def send(door: Door, raw: bytes) -> None:
    headers = door.headers("hmpps", scope="domain-events:write")
    assert (await door.http.post("/domain-events", content=raw, headers=headers)).status_code == 200


async def release(door: Door, number: str = NUMBER, *, seconds: int = 60, **more: str) -> None:
    """A time after the cases of a test were opened, and within what a sender's clock may be ahead."""
    occurred = (SystemClock().now() + timedelta(seconds=seconds)).isoformat()
    await send(door, movement(number=number, occurred=occurred, **more))


def prison_number_path(case: str, defendant: str) -> str:
    return f"/cases/{case}/defendants/{defendant}/prison-number"


async def confirm_number(door: Door, case: str, *, number: str = NUMBER, defendant: str = "d1") -> None:
    assert (await door.officer(prison_number_path(case, defendant), {"number": number})).status_code == 204


async def waiting(door: Door) -> list[dict[str, Any]]:
    """All that an officer finds listed."""
    headers = door.headers("officer-app", scope="", roles=("officer",))
    found: list[dict[str, Any]] = (await door.http.get("/documents", headers=headers)).json()
    return found


async def questions(door: Door) -> list[dict[str, Any]]:
    return [one for one in await waiting(door) if one["state"] == "question"]


async def held(door: Door) -> list[dict[str, Any]]:
    """What waits for the decision about another message."""
    return [one for one in await waiting(door) if one["state"] == "held"]


async def decide(door: Door, document: dict[str, Any], decision: str = "confirmed") -> str:
    answer = await door.officer(f"/documents/{document['document_id']}/decision", {"decision": decision})
    assert answer.status_code == 200, answer.text
    state: str = answer.json()["state"]
    return state


async def withdraw(door: Door, case: str, *, number: str = NUMBER, defendant: str = "d1") -> int:
    path = f"{prison_number_path(case, defendant)}/withdrawal"
    return (await door.officer(path, {"number": number, "why": WHY})).status_code


async def case_of(door: Door, number: int = 1) -> str:
    await door.send(crime_reported(number))
    case: str = (await door.log("police.crime-reported.v1"))[-1]["caseid"]
    return case


async def released(door: Door) -> list[dict[str, Any]]:
    return await door.log("prison.offender-released.v1")


async def retracted(door: Door) -> list[dict[str, Any]]:
    return await door.log("prison.event-retracted.v1")


async def standing(door: Door) -> set[tuple[str, str]]:
    """Case and defendant of each release that was told and not taken back."""
    gone = {one["data"]["original_id"] for one in await retracted(door)}
    return {(one["caseid"], one["data"]["defendant_id"]) for one in await released(door) if one["id"] not in gone}
