"""Agencies' numbers as names of one person, as officers join and part them."""

from typing import Any

import pytest
from support.intake_door import SUPPORT, Door, accepted, event, victim_identified

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("noon")]

WHY = {"why": "The service has a number of its own for her"}


def referred(id_: str, number: str) -> dict[str, Any]:
    data = {
        "references": victim_identified()["data"]["references"],
        "victim": {"issuer": "support-one", "number": number},
        "referral_id": id_,
        "service": "Example Support",
        "referred_by": "police",
    }
    return event(id_, "support.referral-made.v1", data, source=SUPPORT)


async def victims(door: Door, type_: str) -> list[str]:
    return [recorded["victimid"] for recorded in await door.log(type_)]


async def two(door: Door) -> tuple[str, str]:
    """Somebody as the police number her, and as a support service does."""
    await accepted(door, victim_identified())
    await accepted(door, referred("first", "S-1"))
    [police] = await victims(door, "police.victim-identified.v1")
    [support] = await victims(door, "support.referral-made.v1")
    assert police != support
    return police, support


async def joined(door: Door, one: str, into: str, **more: str) -> str:
    answer = await door.officer(f"/victims/{one}/joins", {"into_victim_id": into, **WHY, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["join_id"])


async def test_what_is_said_by_either_number_of_one_person_is_recorded_for_the_one_that_goes_on(door: Door) -> None:
    police, support = await two(door)
    links = len(await door.log("intake.victim-linked.v1"))
    join = await joined(door, support, police)
    await accepted(door, referred("second", "S-1"))
    assert await victims(door, "support.referral-made.v1") == [support, police]
    assert len(await door.log("intake.victim-linked.v1")) == links
    [said] = await door.log("intake.persons-joined.v1")
    assert (said["id"], said["victimid"], said["data"]["victim_id"]) == (join, police, support)
    await joined(door, (await another(door, "S-2")), support)
    await accepted(door, referred("fourth", "S-2"))
    assert (await victims(door, "support.referral-made.v1"))[-1] == police


async def another(door: Door, number: str) -> str:
    await accepted(door, referred(f"of-{number}", number))
    return (await victims(door, "support.referral-made.v1"))[-1]


async def test_the_link_of_the_one_that_goes_on_as_another_is_the_persons(door: Door) -> None:
    police, support = await two(door)
    await accepted(door, victim_identified(2))
    await joined(door, police, support)
    links = len(await door.log("intake.victim-linked.v1"))
    await accepted(door, victim_identified(2, id="again"))
    assert (await victims(door, "police.victim-identified.v1"))[-1] == support
    assert len(await door.log("intake.victim-linked.v1")) == links


async def test_persons_who_are_parted_have_each_their_own_number_again(door: Door) -> None:
    police, support = await two(door)
    third = await another(door, "S-3")
    wrong = await joined(door, support, police)
    await joined(door, police, third)
    decided = {**WHY, "decision_id": "01930000-0000-7000-8000-00000000aaaa"}
    assert (await door.officer(f"/joins/{wrong}/withdrawal", decided)).status_code == 204
    assert (await door.officer(f"/joins/{wrong}/withdrawal", decided)).status_code == 204
    assert (await door.officer(f"/joins/{wrong}/withdrawal", WHY)).status_code == 409
    await accepted(door, referred("after", "S-1"))
    await accepted(door, victim_identified(id="after"))
    assert (await victims(door, "support.referral-made.v1"))[-1] == support
    assert (await victims(door, "police.victim-identified.v1"))[-1] == third
    [parted] = await door.log("intake.persons-parted.v1")
    assert parted["data"]["join_id"] == wrong


async def test_what_is_joined_already_or_is_nobody_is_not_joined(door: Door) -> None:
    police, support = await two(door)
    decision = "01930000-0000-7000-8000-00000000bbbb"
    assert await joined(door, support, police, decision_id=decision) == decision
    assert await joined(door, support, police, decision_id=decision) == decision
    again = {"into_victim_id": support, **WHY}
    assert (await door.officer(f"/victims/{police}/joins", again)).status_code == 409
    assert (await door.officer(f"/victims/{police}/joins", {**again, "into_victim_id": police})).status_code == 409
    nobody = "01930000-0000-7000-8000-00000000ffff"
    assert (await door.officer(f"/victims/{nobody}/joins", again)).status_code == 404
    assert (await door.officer(f"/joins/{nobody}/withdrawal", WHY)).status_code == 404
    publisher = await door.http.post(f"/victims/{police}/joins", json=again, headers=door.headers("support"))
    assert publisher.status_code == 403
    assert len(await door.log("intake.persons-joined.v1")) == 1
