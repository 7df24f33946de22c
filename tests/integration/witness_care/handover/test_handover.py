"""Taking over, on a real PostgreSQL: a victim from nobody, from a colleague, and many at once."""

import re
from importlib.resources import files

from contracts.ids import VictimId
from support.desk_world import AMIRA, PERSON, World, a_duty, a_named_victim_with_a_contact_due


async def test_a_victim_waits_under_her_name_until_an_officer_takes_over(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    assert [victim["name"] for victim in (await world.due())["unassigned"]] == ["Amira Example"]

    taken = await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)

    assert taken.status_code == 204, taken.text
    due = await world.due()
    assert due["unassigned"] == []
    assert [item["kind"] for item in due["mine"][0]["items"]] == ["contact", "duty"]
    assert (await world.due(officer="officer-2"))["mine"] == []


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
    done = await world.sent("/handover", form, officer="officer-2")
    assert (done.headers["location"], done.cookies["desk-done"]) == ("/", "taken-over")

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
    assert (done.headers["location"], done.cookies["desk-done"]) == ("/", "some-taken-over")
    assert {victim["victim_id"] for victim in (await world.due(officer="officer-2"))["mine"]} == set(victims[1:3])
    assert [victim["victim_id"] for victim in (await world.due())["mine"]] == [victims[3]], "it was not on the page"
    again = await world.sent("/handover", everybody, officer="officer-2")
    assert again.cookies["desk-done"] == "some-taken-over"
    assert (await world.sent("/handover", everybody, officer="officer-4")).status_code == 409


async def test_a_form_of_taking_over_that_is_sent_again_counts_once_and_leads_where_the_first_led(
    world: World,
) -> None:
    """Guards the id that a form carries."""
    await a_named_victim_with_a_contact_due(world)
    person = {"name": "Robin Example", "role": "witness-care-officer"}
    page = (await world.page(officer="officer-1")).text
    form = {"victim": AMIRA, "takeover_id": hidden(page, "takeover_id"), **person}
    for _ in range(2):
        done = await world.sent("/take-over", form, officer="officer-1")
        assert (done.headers["location"], done.cookies["desk-done"]) == ("/", "taken-over")

    page = (await world.sent("/colleagues", {"colleague": "officer-1"}, officer="officer-2")).text
    handover = {"ticked": AMIRA, "giver": "officer-1", "handover_id": hidden(page, "handover_id"), **person}
    for _ in range(2):
        done = await world.sent("/handover", handover, officer="officer-2")
        assert (done.headers["location"], done.cookies["desk-done"]) == ("/", "taken-over")
    await world.sent("/take-over", form, officer="officer-1")
    assert [victim["victim_id"] for victim in (await world.due(officer="officer-2"))["mine"]] == [AMIRA]

    again = PERSON | {"takeover_id": "0193aaaa-0000-7000-8000-0000000000ff"}
    for _ in range(2):
        answer = await world.call("POST", f"/victims/{AMIRA}/contact-person", again)
        assert answer.status_code == 204, answer.text
    async with world.pool.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM log WHERE type LIKE '%contact-assigned.v1'") == 3


async def test_who_answers_to_a_victim_is_known_also_from_before_the_page_showed_it(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON | {"name": "An Earlier One"})
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON, officer="officer-2")
    async with world.pool.acquire() as connection:
        await connection.execute("ALTER TABLE victim DROP COLUMN assigned")
        await connection.execute((files("witness_care.care") / "sql" / "0005_assigned.sql").read_text(encoding="utf-8"))
    assert "Robin Example, witness care officer: 1 victim" in (await world.sent("/colleagues", {}, officer="o")).text


async def test_an_unknown_victim_is_not_found_and_other_roles_may_do_nothing(world: World) -> None:
    assert (await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)).status_code == 404
    victim = world.issuer.headers(subject="amira", roles=("victim",))
    assert (await world.http.get("/due", headers=victim)).status_code == 403
    assert (await world.http.get("/due")).status_code == 401


async def test_a_witness_care_officer_is_not_told_to_a_victim_as_a_police_officer(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    headers = world.issuer.headers(subject="officer-1", roles=("officer", "witness-care-officer"))
    path, person = f"/victims/{AMIRA}/contact-person", {"name": "Robin Example"}
    refused = await world.http.post(path, json=person | {"role": "police-officer"}, headers=headers)
    assert refused.status_code == 409
    assert (await world.http.post(path, json=person, headers=headers)).status_code == 204
    async with world.pool.acquire() as connection:
        body = await connection.fetchval("SELECT body FROM log WHERE type = 'witness-care.contact-assigned.v1'")
    assert b'"role":"witness-care-officer"' in body


async def test_on_the_page_the_role_is_not_asked_for_where_the_sign_in_says_it(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    session = await world.sessions.open("officer-1", roles=("officer", "witness-care-officer"))
    page = (await world.http.get("/", headers=world.browser(session))).text
    assert "They will see that you are a witness care officer." in page
    assert "<select" not in page
    form = {"victim": AMIRA, "name": "Robin Example", "role": "police-officer"}
    answer = await world.http.post("/take-over", data=form, headers=world.browser(session))
    assert answer.status_code == 422
    assert "Choose what you are" in answer.text
    answer = await world.http.post(
        "/take-over", data=form | {"role": "witness-care-officer"}, headers=world.browser(session)
    )
    assert answer.status_code == 303


def hidden(page: str, name: str) -> str:
    """What a page's form carries under a name."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"the page carries no {name}"
    return found[1]
