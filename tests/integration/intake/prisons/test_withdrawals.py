"""Withdrawn prison numbers over HTTP: nothing more is told because of one, and what was told is taken back."""

import asyncio
from collections.abc import Callable

import pytest
from chassis.consumer.events import Arrival, ConsumedEvent, read
from contracts.catalogue import EVENT_TYPES
from contracts.events import parse_recorded
from contracts.topics import INTAKE
from intake.documents.store import DatabaseDocumentBook
from intake.prisons.confirmations_store import DatabaseConfirmations
from intake.prisons.store import DatabaseMovementBook
from intake.recording.fingerprints import Fingerprints
from support.intake_door import CPS, ISSUER, Door, event, victim_identified
from support.journey_facts import a_journey
from support.movement_messages import KEPT_NUMBER, NUMBER, merged, movement
from support.prison_door import (
    DAYS_LATER,
    WHY,
    case_of,
    confirm_number,
    decide,
    prison_number_path,
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

NUMBER_HASH, KEPT_NUMBER_HASH = map(Fingerprints(bytes(32)).prison_number, (NUMBER, KEPT_NUMBER))
NO_CASE = "01930000-0000-7000-8000-00000000ffff"


async def test_a_release_that_was_told_of_a_wrong_prisoner_is_taken_back_with_the_confirmation(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await release(door)
    [told], [linked] = await released(door), await door.log("intake.offender-linked.v1")
    assert await withdraw(door, case) == 204
    [unlinked], [back] = await door.log("intake.offender-unlinked.v1"), await retracted(door)
    assert unlinked["data"]["by"] == {"kind": "officer", "subject": "subject-of-officer-app"}
    assert (unlinked["data"]["offender_linked_id"], unlinked["caseid"]) == (linked["id"], case)
    assert (back["data"]["original_id"], back["source"], back["caseid"]) == (told["id"], told["source"], case)
    async with door.pool.acquire() as connection:
        state = await connection.fetchval("SELECT hash FROM log WHERE id = $1", told["id"])
        bodies = [bytes(row["body"]) for row in await connection.fetch("SELECT body FROM log WHERE key IS NOT NULL")]
        row = await connection.fetchrow("SELECT * FROM defendant_number")
    assert back["data"]["corrects_state"] == state.hex()
    assert [parse_recorded(body).envelope.type for body in bodies[-2:]] == [unlinked["type"], back["type"]]
    assert not any(said.encode() in body for body in bodies for said in (NUMBER, WHY))
    assert (row["withdrawn_by"], row["withdrawal_id"]) == ("subject-of-officer-app", unlinked["id"])
    assert row["withdrawn_at"] > row["confirmed_at"]


async def test_everybody_who_was_told_of_a_wrong_prisoner_hears_that_it_was_wrong(
    door: Door, database: Callable[[str], str]
) -> None:
    case = await case_of(door)
    await door.send(victim_identified())
    victim = (await door.log("police.victim-identified.v1"))[0]["victimid"]
    link = await door.officer(f"/victims/{victim}/links", {"case_id": case, "defendant_id": "d1"})
    assert link.status_code == 201
    await confirm_number(door, case)
    await release(door)
    assert await withdraw(door, case) == 204
    async with a_journey(database("journey")) as journey:
        await journey.intake(*await arrived(door))
        told, back = (await journey.published("news-arrived"))[-2:]
        [duty] = await journey.rows("SELECT state FROM duty WHERE event_type = 'prison.offender-released.v1'")
    assert (told["event_type"], told["victim"], told["reach"]) == ("prison.offender-released.v1", victim, "victim")
    assert (back["event_type"], back["victim"], back["reach"]) == ("prison.event-retracted.v1", victim, "victim")
    assert (back["retracts"], back["corrects_news"]) == (True, told["news_id"])
    assert duty["state"] == "superseded"


async def arrived(door: Door) -> list[ConsumedEvent]:
    """Intake's log as a consumer of its topic has it."""
    async with door.pool.acquire() as connection:
        rows = await connection.fetch("SELECT * FROM log WHERE key IS NOT NULL ORDER BY position")
    return [
        read(
            Arrival(INTAKE.name, 0, n, row["position"], row["key"], row["recorded_at"], None, bytes(row["body"])),
            known=EVENT_TYPES,
        )
        for n, row in enumerate(rows)
    ]


async def test_another_case_and_another_defendant_of_the_same_number_are_untouched(door: Door) -> None:
    first, second = await case_of(door, 1), await case_of(door, 2)
    await confirm_number(door, first)
    await confirm_number(door, first, defendant="d2")
    await confirm_number(door, second)
    await release(door)
    assert await withdraw(door, first) == 204
    assert await standing(door) == {(first, "d2"), (second, "d1")}
    await release(door, seconds=DAYS_LATER)
    assert len(await released(door)) == 5
    assert len(await retracted(door)) == 1


async def test_a_movement_after_a_withdrawal_tells_nobody(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    assert await withdraw(door, case) == 204
    await release(door)
    assert await released(door) == []


async def test_a_movement_that_waited_to_be_read_tells_nobody_after_a_withdrawal(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await release(door, KEPT_NUMBER)
    async with door.pool.acquire() as connection:  # as a release that did not know the reason left it
        await connection.execute("UPDATE document SET state = 'parked'")
        await connection.execute("UPDATE movement SET meaning = 'unknown'")
    await confirm_number(door, case, number=KEPT_NUMBER)
    assert await withdraw(door, case, number=KEPT_NUMBER) == 204
    assert await decide(door, (await waiting(door))[0]) == "waiting"
    assert await released(door) == []


async def test_a_number_confirmed_again_tells_what_a_first_confirmation_would(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await release(door)
    await send(door, movement(occurred="2020-01-01T00:00:00Z"))
    await withdraw(door, case)
    await confirm_number(door, case)
    await confirm_number(door, case)
    assert await standing(door) == {(case, "d1")}
    first, again = await released(door)
    assert first["id"] != again["id"]
    assert len(await door.log("intake.offender-linked.v1")) == 2
    assert await withdraw(door, case) == 204
    assert {one["data"]["original_id"] for one in await retracted(door)} == {first["id"], again["id"]}
    assert await door.count("defendant_number") == 2


async def test_what_nobody_confirmed_is_not_found(door: Door) -> None:
    case, other = await case_of(door, 1), await case_of(door, 2)
    await confirm_number(door, case)
    assert await withdraw(door, case, number=KEPT_NUMBER) == 404
    assert await withdraw(door, case, defendant="d2") == 404
    assert await withdraw(door, other) == 404
    assert await withdraw(door, NO_CASE) == 404
    assert await door.log("intake.offender-unlinked.v1") == []


async def test_only_an_officer_withdraws_and_says_why(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    path, form = f"{prison_number_path(case, 'd1')}/withdrawal", {"number": NUMBER, "why": WHY}
    assert (await door.http.post(path, json=form, headers=door.headers("west-yorkshire"))).status_code == 403
    for wrong in ({"number": NUMBER}, {**form, "why": " "}, {**form, "why": "x" * 1001}, {**form, "number": ""}):
        assert (await door.officer(path, wrong)).status_code == 422
    assert await door.log("intake.offender-unlinked.v1") == []


async def test_a_withdrawal_repeated_or_made_twice_at_once_is_recorded_once(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await release(door)
    assert await asyncio.gather(*(withdraw(door, case) for _ in range(4))) == [204] * 4
    assert await withdraw(door, case, number=f" {NUMBER.lower()} ") == 204
    assert len(await door.log("intake.offender-unlinked.v1")) == 1
    assert len(await retracted(door)) == 1


async def test_no_release_that_races_with_a_withdrawal_or_a_confirmation_is_left_standing(door: Door) -> None:
    case = await case_of(door)
    for turn in range(4):
        await confirm_number(door, case)
        sent = [release(door, seconds=20 * turn + n) for n in range(5)]
        again = door.officer(prison_number_path(case, "d1"), {"number": NUMBER})
        await asyncio.gather(*sent, withdraw(door, case), again)
        assert await withdraw(door, case) == 204
        assert await standing(door) == set()
    assert len(await retracted(door)) == len(await released(door))


async def test_what_was_about_to_be_told_is_refused_once_its_confirmation_is_withdrawn(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    await confirm_number(door, case, defendant="d2")
    book, documents = DatabaseMovementBook(door.pool), DatabaseDocumentBook(door.pool)
    first, second = await book.confirmed(NUMBER_HASH)
    assert await withdraw(door, case) == 204
    both = {"event-1": first.confirmation_id, "event-2": second.confirmation_id}
    await release(door, KEPT_NUMBER)
    [told] = await book.kept(KEPT_NUMBER_HASH)
    assert not await documents.apply((book.telling(told, both),))
    assert not await documents.apply((book.standing(NUMBER_HASH, [first, second], in_question=False),))
    assert not await documents.apply((book.standing(NUMBER_HASH, [second], in_question=True),))
    assert await documents.apply((book.telling(told, {"event-2": second.confirmation_id}),))
    assert await door.count("told_movement") == 1


async def test_a_withdrawal_that_was_planned_before_more_was_told_or_carried_on_is_refused(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case)
    confirmations, documents = DatabaseConfirmations(door.pool), DatabaseDocumentBook(door.pool)
    [one] = await confirmations.of(NUMBER_HASH, case, "d1")
    planned = confirmations.withdrawing({one.id: "event-1"}, told=await confirmations.told([one]), by="officer")
    await release(door)
    assert not await documents.apply((planned,))
    told = await confirmations.told([one])
    await send(door, merged())
    await decide(door, (await questions(door))[0])
    again = confirmations.withdrawing({one.id: "event-1"}, told=told, by="officer")
    assert not await documents.apply((again,))
    assert await standing(door) == {(case, "d1")}


async def test_a_release_that_is_doubtful_is_taken_back_as_doubtfully(door: Door) -> None:
    case = await case_of(door)
    await confirm_number(door, case, number="I1234AA")
    await release(door, "I1234AA")
    await withdraw(door, case, number="I1234AA")
    [back] = await retracted(door)
    assert back["doubt"] == "prison-number-pattern"


async def test_what_was_told_before_its_case_was_merged_is_taken_back_under_the_case_that_goes_on(door: Door) -> None:
    first, second = await case_of(door, 1), await case_of(door, 2)
    await confirm_number(door, second)
    await release(door)
    both = [{"scheme": "crime-reference", "issuer": ISSUER, "value": f"13/{n:06d}/26"} for n in (1, 2)]
    await door.send(event("linked", "cps.case-references-linked.v1", {"references": both}, source=CPS))
    assert (await door.log("intake.case-merged.v1"))[0]["data"]["into_case"] == first
    assert await withdraw(door, first) == 204
    [back] = await retracted(door)
    assert back["caseid"] == second
    assert await standing(door) == set()
