"""A warning of what makes contact unsafe is the first thing that an officer reads of a victim, wherever that is."""

from typing import Any

from support.desk_world import AMIRA, PERSON, World

WORDS = "Do not ring: the telephone is answered by others in the home"
LATER = "Only at her sister\u2019s"


def naming(warning: str | None = None, *, name: str = "Amira Example", force: str = "north-force") -> dict[str, Any]:
    crime = {"scheme": "crime-reference", "issuer": force, "value": "NF/1/26"}
    said = {"references": [crime], "victim": {"issuer": force, "number": "V-1"}, "name": name}
    return said | ({"safe_contact_warning": warning} if warning else {})


def amends(number: int) -> dict[str, Any]:
    return {"original_id": f"event-{number}", "corrects_state": "0" * 64, "reason": "wrong"}


async def warnings(world: World) -> list[str]:
    found: list[str] = (await world.due())["unassigned"][0]["safe_contact_warnings"]
    return found


async def test_it_is_the_first_member_of_the_answer(world: World) -> None:
    await world.hear("police.victim-identified.v1", naming(WORDS))
    (victim,) = (await world.due())["unassigned"]
    assert next(iter(victim)) == "safe_contact_warnings"
    assert victim["safe_contact_warnings"] == [WORDS]


async def test_it_stands_before_any_way_to_reach_her_on_the_desk_and_among_a_colleague_s(world: World) -> None:
    await world.hear("police.victim-identified.v1", naming(WORDS))
    page = (await world.page(officer="officer-1")).text
    assert page.index(WORDS) < page.index("Become Amira Example")
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    page = (await world.page(officer="officer-1")).text
    assert page.index(WORDS) < page.index("Do not phone")
    chosen = await world.sent("/colleagues", {"colleague": "officer-1"}, officer="officer-2")
    assert WORDS in chosen.text


async def test_what_is_put_right_or_taken_back_is_shown_at_once(world: World) -> None:
    await world.hear("police.victim-identified.v1", naming(WORDS))
    replacement = {"type": "police.victim-identified.v1", "data": naming(LATER)}
    await world.hear("police.event-corrected.v1", {**amends(1), "replacement": replacement})
    assert await warnings(world) == [LATER]
    await world.hear("police.event-retracted.v1", amends(1))
    assert await warnings(world) == []


async def test_another_force_s_silence_takes_nothing_back(world: World) -> None:
    await world.hear("police.victim-identified.v1", naming(WORDS))
    await world.hear("police.victim-identified.v1", naming(force="south-force"))
    await world.hear("police.event-retracted.v1", amends(2))
    assert await warnings(world) == [WORDS]


async def test_each_force_s_warning_stands_newest_first(world: World) -> None:
    await world.hear("police.victim-identified.v1", naming(WORDS))
    await world.hear("police.victim-identified.v1", naming(LATER, force="south-force"))
    assert sorted(await warnings(world)) == sorted([LATER, WORDS])


async def test_what_was_safe_is_not_known_to_be_so_once_the_promise_is_questioned(world: World) -> None:
    await world.hear("police.victim-identified.v1", naming(WORDS))
    agreed = {
        "version": 1,
        "channels": [{"kind": "phone", "safe": "safe"}],
        "has_code_word": True,
        "agreed_by": "victim",
    }
    await world.hear("notifications.contact-promise-agreed.v1", agreed)
    questioned = {"version": 2, "channels": [{"kind": "phone", "safe": "unknown"}]}
    await world.hear("notifications.contact-promise-questioned.v1", questioned)
    reach = (await world.due())["unassigned"][0]["reach"]
    assert {"kind": "phone", "safe": "unknown"} in reach["channels"]
    assert reach["has_code_word"] is True
    await world.hear("notifications.contact-promise-agreed.v1", {**agreed, "version": 3})
    await world.hear("notifications.contact-promise-questioned.v1", questioned)
    reach = (await world.due())["unassigned"][0]["reach"]
    assert {"kind": "phone", "safe": "safe"} in reach["channels"]
