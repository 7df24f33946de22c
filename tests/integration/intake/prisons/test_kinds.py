"""What nobody has decided about is one question with a count; what is nobody's business is counted and not kept."""

import json
from typing import Any

import pytest
from intake.prisons import event_types
from intake.prisons.not_ours import NOT_OURS
from intake.prisons.not_ours_rounds import NotOurs
from prometheus_client import CollectorRegistry, generate_latest
from support.intake_door import Door
from support.movement_messages import NUMBER, movement
from support.prison_door import case_of, confirm_number, decide, release, released, send, standing, waiting

pytestmark = pytest.mark.servers

OTHER_NUMBER = "A3333AA"
NEW = "prison-offender-events.prisoner.something-new"


def event(type_: str, number: int = 0, **information: Any) -> bytes:
    said = {"eventType": type_, "version": 1, "occurredAt": f"2026-11-20T10:00:{number % 60:02d}Z"}
    return json.dumps({**said, "additionalInformation": {"n": number, **information}}).encode()


async def test_a_type_that_nobody_has_named_is_asked_about_once_however_often_it_comes(door: Door) -> None:
    for number in range(5):
        await send(door, event(NEW, number))
        await send(door, event(NEW, number))
    [asked] = await waiting(door)
    assert (asked["why"], asked["times"], asked["state"]) == (f"unknown: {NEW}", 5, "parked")
    assert await door.count("document") == 5, "each is kept, to be read once it is understood"


async def test_a_new_type_of_a_known_family_is_asked_about_too(door: Door) -> None:
    for type_ in ("person.temporary-absence.vanished", "incentives.something-new", "person.court-appearance.lost"):
        await send(door, event(type_))
        await send(door, event(type_, 1))
    assert sorted(one["times"] for one in await waiting(door)) == [2, 2, 2]


async def test_a_reason_that_nobody_has_named_is_one_question_and_each_type_another(door: Door) -> None:
    for number in ("A1111AA", "A2222AA"):
        await send(door, movement(number=number, reason="BEAMED_UP"))
    await send(door, movement(reason="BEAMED_DOWN"))
    whys = {one["why"]: one["times"] for one in await waiting(door)}
    released_ = "unknown: prison-offender-events.prisoner.released reason "
    assert whys == {f"{released_}BEAMED_UP": 2, f"{released_}BEAMED_DOWN": 1}


async def test_a_name_that_could_be_a_persons_is_not_repeated(door: Door) -> None:
    await send(door, event("Ada Example was released"))
    [asked] = await waiting(door)
    assert "Ada" not in asked["why"]


async def test_after_an_officer_has_dismissed_it_no_more_of_it_are_asked_about(door: Door) -> None:
    await send(door, event(NEW))
    await decide(door, (await waiting(door))[0], "dismissed")
    await send(door, event(NEW, 1))
    assert await waiting(door) == []


async def test_what_is_understood_by_now_is_told_with_all_that_were_counted(door: Door) -> None:
    first, second = await case_of(door, 1), await case_of(door, 2)
    for number in (NUMBER, OTHER_NUMBER):
        await release(door, number)
    async with door.pool.acquire() as connection:  # as a release left them that did not know the reason
        await connection.execute("UPDATE movement SET meaning = 'unknown'")
        await connection.execute("UPDATE document SET about = 'unknown/x', state = 'counted'")
        await connection.execute("""UPDATE document SET state = 'parked', times = 2
            WHERE document_id = (SELECT min(document_id) FROM document)""")
    await confirm_number(door, first)
    await confirm_number(door, second, number=OTHER_NUMBER)
    assert await released(door) == []
    assert await decide(door, (await waiting(door))[0]) == "applied"
    assert await standing(door) == {(first, "d1"), (second, "d1")}
    assert await waiting(door) == []


async def test_what_is_still_unknown_waits_on_with_the_decision_noted(door: Door) -> None:
    await send(door, event(NEW))
    assert await decide(door, (await waiting(door))[0]) == "parked"
    assert (await waiting(door))[0]["decided_at"] is not None


async def test_what_is_nobodys_business_here_is_counted_by_its_type_and_not_kept(door: Door) -> None:
    types = sorted(NOT_OURS)
    for type_ in types:
        await send(door, event(type_))
    assert (await waiting(door), await door.count("document")) == ([], 0)


async def test_a_queue_of_all_published_types_leaves_nobody_with_a_question(door: Door) -> None:
    known = sorted(NOT_OURS | event_types.KEPT | event_types.IMMEDIATE_LANE)
    for type_ in [*known, event_types.BOOKING_DELETED, "person.temporary-absence.started"]:
        await send(door, event(type_, nomsNumber=NUMBER))
    assert await waiting(door) == []
    assert NOT_OURS.isdisjoint(event_types.KEPT | event_types.IMMEDIATE_LANE)


def test_the_number_of_each_type_is_on_the_metrics() -> None:
    registry = CollectorRegistry()
    NotOurs(registry=registry)("tier.calculation.complete")
    assert b'intake_domain_events_not_ours_total{type="tier.calculation.complete"} 1.0' in generate_latest(registry)
