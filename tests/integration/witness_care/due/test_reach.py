"""How a victim may be reached, on the due list and on the page, from a real PostgreSQL."""

from support.desk_world import AMIRA, PERSON, World, a_named_victim_with_a_contact_due


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
