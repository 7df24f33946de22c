"""A contact that was recorded in error is taken back: what it alone told or met is due again."""

from datetime import timedelta
from typing import Any

import pytest
from contracts.ids import VictimId
from support.desk_world import (
    AMIRA,
    BEN,
    CONTACT,
    DUTY,
    MADE,
    NEWS,
    OTHER_DUTY,
    PERSON,
    WHEN,
    World,
    a_contact_due,
    a_duty,
    a_named_victim_with_a_contact_due,
    some_news,
)

TOLD = {"news_ids": [NEWS], "duty_keys": [DUTY]}
MET = {"duty_key": DUTY, "met_by": "contact", "at": WHEN.isoformat()}


async def record(world: World, said: dict[str, Any], *, contact: str = MADE) -> None:
    made = {"contact_id": contact, "made_at": (WHEN + timedelta(hours=1)).isoformat(), "how": "in-person", **said}
    answer = await world.call("POST", f"/victims/{AMIRA}/contacts", made)
    assert answer.status_code == 204, answer.text


async def take_back(world: World, *, contact: str = MADE, victim: VictimId = AMIRA, officer: str = "officer-1") -> int:
    path = f"/victims/{victim}/contacts/{contact}/withdrawal"
    return (await world.call("POST", path, officer=officer)).status_code


async def keys(world: World) -> list[str]:
    due = await world.due()
    return [line["key"] for victim in (*due["mine"], *due["unassigned"]) for line in victim["items"]]


async def said_of_it(world: World) -> list[str]:
    async with world.pool.acquire() as connection:
        rows = await connection.fetch(
            """SELECT convert_from(body, 'UTF8')::jsonb #>> '{data,taken_back_by}' AS by FROM log
            WHERE type = 'witness-care.contact-taken-back.v1' ORDER BY position"""
        )
    return [row["by"] for row in rows]


async def test_what_a_contact_told_and_met_is_due_again_when_any_officer_takes_it_back(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    before = await keys(world)
    await record(world, TOLD)
    assert await keys(world) == []
    assert [await take_back(world, officer=officer) for officer in ("officer-2", "officer-1")] == [204, 204]
    assert await keys(world) == before == [CONTACT, DUTY]
    assert await said_of_it(world) == ["officer-2"], "once, by who did it"


async def test_a_duty_that_journey_held_for_met_is_due_again_when_journey_says_so(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await record(world, TOLD)
    await world.hear("journey.duty-met.v1", MET)
    await take_back(world)
    assert await keys(world) == [CONTACT], "it may be met by another telling, of which journey knows"
    await world.hear("journey.duty-changed.v1", a_duty())
    assert await keys(world) == [CONTACT, DUTY]


@pytest.mark.parametrize("again", ["another contact", "seen"])
async def test_what_they_know_otherwise_stays_told(world: World, again: str) -> None:
    await a_named_victim_with_a_contact_due(world)
    await record(world, TOLD)
    if again == "seen":
        await world.hear("notifications.news-seen.v1", {"news_id": NEWS, "seen_at": WHEN.isoformat()})
    else:
        await record(world, TOLD, contact=OTHER_DUTY)
    await take_back(world)
    assert CONTACT not in await keys(world)
    assert (DUTY in await keys(world)) is (again == "seen")


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"reason": "not-theirs"}, {"put_right": [NEWS]}), ({"reason": "silence", "news_ids": [], "duty_keys": []}, {})],
)
async def test_what_it_put_right_and_the_silence_that_it_ended_are_due_again(
    world: World, asked: dict[str, Any], said: dict[str, Any]
) -> None:
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | asked)
    await record(world, said)
    assert await keys(world) == []
    await take_back(world)
    assert await keys(world) == [CONTACT]


async def test_a_line_that_a_message_replaced_stays_away(world: World) -> None:
    await world.hear("notifications.officer-contact-due.v1", a_contact_due())
    await record(world, TOLD)
    await world.hear("notifications.officer-contact-withdrawn.v1", {"contact_id": CONTACT})
    await take_back(world)
    assert await keys(world) == []


@pytest.mark.parametrize(("victim", "contact"), [(AMIRA, OTHER_DUTY), (BEN, MADE)])
async def test_nobody_takes_back_what_was_not_made_with_this_victim(
    world: World, victim: VictimId, contact: str
) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | {"contact_id": BEN}, victim=BEN)
    await record(world, TOLD)
    before = await keys(world)
    assert await take_back(world, contact=contact, victim=victim) == 404
    assert (await keys(world), await said_of_it(world)) == (before, [])


async def test_it_is_done_on_the_page_of_the_victim_beside_the_contact(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.news-arrived.v1", some_news(NEWS, "court.trial-date-changed.v1"))
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    await record(world, TOLD)
    browser = world.browser(await world.sessions.open("officer-1", roles=("officer",)))
    await world.http.post("/person", data={"victim": AMIRA}, headers=browser)
    before = (await world.http.get("/person", headers=browser)).text
    assert "In person, 2 March 2026 at 10am" in before
    assert "<li>The court moved the date of the trial</li>" in before
    done = await world.http.post("/person/contact-withdrawal", data={"contact_id": MADE}, headers=browser)
    assert (done.status_code, done.headers["location"], done.cookies["desk-done"]) == (303, "/person", "taken-back")
    shown = (await world.http.get("/person", headers=browser)).text
    assert "In person, 2 March 2026" not in shown
    assert "The court moved the date of the trial" in shown
    assert await said_of_it(world) == ["officer-1"]
    nobody = world.browser(await world.sessions.open("officer-1", roles=("officer",)))
    refused = await world.http.post("/person/contact-withdrawal", data={"contact_id": MADE}, headers=nobody)
    assert refused.status_code == 404
