"""The officer's desk on a real PostgreSQL: what others say makes the due list, and what officers do empties it."""

from collections.abc import AsyncIterator, Callable
from importlib.resources import files

import pytest
from contracts.ids import VictimId
from support.desk_world import (
    AMIRA,
    BEN,
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
    open_world,
)


@pytest.fixture
async def world(database: Callable[[str], str]) -> AsyncIterator[World]:
    async with open_world(database("witness_care")) as opened:
        yield opened


async def test_a_victim_waits_under_her_name_until_an_officer_takes_over(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    assert [victim["name"] for victim in (await world.due())["unassigned"]] == ["Amira Example"]

    taken = await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)

    assert taken.status_code == 204, taken.text
    due = await world.due()
    assert due["unassigned"] == []
    assert [item["kind"] for item in due["mine"][0]["items"]] == ["contact", "duty"]
    assert (await world.due(officer="officer-2"))["mine"] == []


async def test_a_contact_that_names_the_news_ends_what_was_due_for_it(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    record = {
        "contact_id": MADE,
        "made_at": WHEN.isoformat(),
        "how": "phone",
        "news_ids": [NEWS],
        "duty_keys": [DUTY],
    }

    answers = [await world.call("POST", f"/victims/{AMIRA}/contacts", record) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 204], answers[0].text
    assert (await world.due())["mine"][0]["items"] == []
    await world.hear("journey.duty-met.v1", {"duty_key": DUTY, "met_by": "contact", "at": WHEN.isoformat()})
    assert (await world.due())["mine"][0]["items"] == []
    async with world.pool.acquire() as connection:
        made = await connection.fetchval("SELECT count(*) FROM log WHERE type = 'witness-care.contact-made.v1'")
    assert made == 1


async def test_a_contact_that_meets_a_duty_to_tell_has_told_its_news(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.duty-opened.v1", {**a_duty(), "duty_key": OTHER_DUTY, "duty_id": "R4-REFERRAL"})
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    made = {"contact_id": MADE, "made_at": WHEN.isoformat(), "how": "phone"}

    await world.call("POST", f"/victims/{AMIRA}/contacts", {**made, "duty_keys": [OTHER_DUTY]})
    assert [item["kind"] for item in (await world.due())["mine"][0]["items"]] == ["contact", "duty"]

    again = {**made, "contact_id": OTHER_DUTY, "duty_keys": [DUTY]}
    answer = await world.call("POST", f"/victims/{AMIRA}/contacts", again)
    assert answer.status_code == 204, answer.text
    assert (await world.due())["mine"][0]["items"] == []


@pytest.mark.parametrize("field", ["news_ids", "duty_keys"])
async def test_a_contact_that_names_no_id_is_refused(world: World, field: str) -> None:
    await a_named_victim_with_a_contact_due(world)
    record = {"contact_id": MADE, "made_at": WHEN.isoformat(), "how": "phone", field: ["the trial"]}
    refused = await world.call("POST", f"/victims/{AMIRA}/contacts", record)
    assert refused.status_code == 422, refused.text
    assert "the trial" not in refused.text


async def test_news_seen_before_the_contact_was_asked_for_leaves_nothing_due(world: World) -> None:
    await world.hear("notifications.news-seen.v1", {"news_id": NEWS, "seen_at": WHEN.isoformat()})
    await world.hear("notifications.officer-contact-due.v1", a_contact_due())
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    assert (await world.due())["mine"][0]["items"] == []


async def test_a_handover_ends_when_the_next_officer_takes_over(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON, officer="officer-2")
    assert (await world.due())["mine"] == []
    assert len((await world.due(officer="officer-2"))["mine"]) == 1
    again = await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON, officer="officer-2")
    assert again.status_code == 409


async def test_an_officer_finds_a_colleagues_victim_on_the_page_and_takes_over(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    chosen = {"colleague": "officer-1"}
    seen = await world.sent("/colleagues", chosen, officer="officer-2")
    assert "Take over those ticked, in place of Robin Example" in seen.text
    assert "Amira Example" in seen.text
    assert "Robin Example, witness care officer, 020 7946 0000" in seen.text
    assert (await world.sent("/colleagues", chosen, officer="officer-2", site="cross-site")).status_code == 403

    form = {"ticked": AMIRA, "giver": "officer-1", "name": "Sam Sample", "role": "police-officer"}
    assert (await world.sent("/handover", form, officer="officer-2", site="cross-site")).status_code == 403
    assert (await world.sent("/handover", form, officer="officer-2")).headers["location"] == "/?said=taken-over"

    assert [victim["name"] for victim in (await world.due(officer="officer-2"))["mine"]] == ["Amira Example"]
    assert (await world.due())["mine"] == []
    late = await world.sent("/handover", form | {"name": "Kim Late"}, officer="officer-3")
    assert late.status_code == 409
    assert "Somebody else became this victim" in late.text
    assert "Sam Sample, police officer" in (await world.sent("/colleagues", {}, officer="officer-3")).text


async def test_a_colleagues_victims_are_taken_over_at_once_but_for_those_whom_another_took(world: World) -> None:
    victims = [VictimId(f"0193aaaa-0000-7000-8000-00000000001{n}") for n in range(4)]
    for victim in victims:
        await world.hear("journey.duty-opened.v1", a_duty(), victim=victim)
        await world.call("POST", f"/victims/{victim}/contact-person", PERSON)
    await world.call("POST", f"/victims/{victims[0]}/contact-person", PERSON, officer="officer-3")

    person = {"name": "Sam Sample", "role": "police-officer"}
    everybody = {"shown": [*victims[:3]], "giver": "officer-1", "everybody": "true", **person}
    done = await world.sent("/handover", everybody, officer="officer-2")
    assert done.headers["location"] == "/?said=some-taken-over"
    assert {victim["victim_id"] for victim in (await world.due(officer="officer-2"))["mine"]} == set(victims[1:3])
    assert [victim["victim_id"] for victim in (await world.due())["mine"]] == [victims[3]], "it was not on the page"
    again = await world.sent("/handover", everybody, officer="officer-2")
    assert again.headers["location"] == "/?said=some-taken-over"
    assert (await world.sent("/handover", everybody, officer="officer-4")).status_code == 409


async def test_who_answers_to_a_victim_is_known_also_from_before_the_page_showed_it(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON | {"name": "An Earlier One"})
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON, officer="officer-2")
    async with world.pool.acquire() as connection:
        await connection.execute("ALTER TABLE victim DROP COLUMN assigned")
        await connection.execute((files("witness_care.care") / "sql" / "0005_assigned.sql").read_text(encoding="utf-8"))
    assert "Robin Example, witness care officer: 1 victim" in (await world.sent("/colleagues", {}, officer="o")).text


async def test_the_newest_promise_says_how_a_victim_may_be_reached(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    assert (await world.due())["unassigned"][0]["reach"] is None
    window = {"days": ["monday"], "starts": "09:00", "ends": "17:00"}
    for version, safe in ((2, "not-safe"), (1, "safe")):
        channels = [{"kind": "phone", "safe": safe}]
        said = {"version": version, "channels": channels, "windows": [window], "agreed_by": "victim"}
        await world.hear("notifications.contact-promise-agreed.v1", said)
    reach = (await world.due())["unassigned"][0]["reach"]
    assert {"kind": "phone", "safe": "not-safe"} in reach["channels"]
    assert {"kind": "sms", "safe": "unknown"} in reach["channels"]
    assert reach["windows"] == [window]
    assert reach["has_code_word"] is False
    said = {"version": 3, "has_code_word": True, "agreed_by": "victim"}
    await world.hear("notifications.contact-promise-agreed.v1", said)
    assert (await world.due())["unassigned"][0]["reach"]["has_code_word"] is True


async def test_the_page_says_by_which_clock_the_safe_hours_are_and_which_language_was_chosen(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    window = {"days": ["monday"], "starts": "09:00", "ends": "17:00"}
    said = {"version": 1, "windows": [window], "language": "cy", "agreed_by": "victim"}
    await world.hear("notifications.contact-promise-agreed.v1", said)
    shown = await world.page(officer="officer-1")
    assert "Safe hours, UK time: Monday, 9am to 5pm." in shown.text
    assert "in Welsh" in shown.text


async def test_an_unknown_victim_is_not_found_and_other_roles_may_do_nothing(world: World) -> None:
    assert (await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)).status_code == 404
    victim = world.issuer.headers(subject="amira", roles=("victim",))
    assert (await world.http.get("/due", headers=victim)).status_code == 403
    assert (await world.http.get("/due")).status_code == 401


async def test_a_contact_with_one_victim_tells_no_other_her_news(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.duty-opened.v1", a_duty() | {"duty_key": MADE}, victim=BEN)
    await world.call("POST", f"/victims/{BEN}/contact-person", PERSON)
    wrong = {"contact_id": MADE, "made_at": WHEN.isoformat(), "how": "phone", "news_ids": [NEWS], "duty_keys": [DUTY]}
    assert (await world.call("POST", f"/victims/{BEN}/contacts", wrong)).status_code == 204
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | {"contact_id": BEN})
    (amira,) = (await world.due())["unassigned"]
    assert [item["kind"] for item in amira["items"]] == ["contact", "contact", "duty"]


async def test_a_name_that_was_wrong_is_put_right_and_one_taken_back_is_gone(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    crime = {"scheme": "crime-reference", "issuer": "north-force", "value": "NF/1/26"}
    said = {"references": [crime], "victim": {"issuer": "north-force", "number": "V-1"}, "name": "Amira Samplé"}
    amends = {"original_id": "event-1", "corrects_state": "0" * 64, "reason": "Misspelt."}
    right = {"type": "police.victim-identified.v1", "data": said}
    await world.hear("police.event-corrected.v1", amends | {"replacement": right})
    assert [victim["name"] for victim in (await world.due())["unassigned"]] == ["Amira Samplé"]
    await world.hear("police.event-retracted.v1", amends | {"original_id": "another"})
    assert [victim["name"] for victim in (await world.due())["unassigned"]] == ["Amira Samplé"]
    await world.hear("police.event-retracted.v1", amends)
    assert [victim["name"] for victim in (await world.due())["unassigned"]] == ["A victim not yet named"]
