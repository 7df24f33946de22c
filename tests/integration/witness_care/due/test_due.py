"""What the desk says is due: what there is to tell, whether it still holds, and what is in doubt."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from contracts.ids import VictimId
from support.desk_world import (
    AMIRA,
    BEN,
    CONTACT,
    DUTY,
    MADE,
    NEWS,
    PERSON,
    WHEN,
    World,
    a_contact_due,
    a_named_victim_with_a_contact_due,
    some_news,
)


async def test_what_is_due_says_what_there_is_to_tell_and_whether_it_still_holds(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.news-arrived.v1", some_news(NEWS, "court.trial-date-changed.v1"))
    contact, owed = (await world.due())["unassigned"][0]["items"]
    assert contact["about"] == owed["about"]
    assert contact["what"] == "Tell them yourself: no channel is agreed as safe"
    assert contact["about"][0]["what"] == "The court moved the date of the trial"
    assert contact["about"][0]["standing"] == "stands"
    later = some_news(MADE, "court.event-retracted.v1") | {"corrects_news": NEWS, "retracts": True}
    await world.hear("journey.news-arrived.v1", later)
    contact, _ = (await world.due())["unassigned"][0]["items"]
    assert contact["about"][0]["standing"] == "retracted"


async def test_news_about_somebody_else_is_due_no_more_and_not_to_be_told(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    for news_id in (NEWS, MADE):
        await world.hear("journey.news-arrived.v1", some_news(news_id, "court.trial-date-changed.v1"))
    both = {"contact_id": MADE, "news_ids": [NEWS, MADE], "duty_keys": []}
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | both)
    await world.hear("journey.news-withdrawn.v1", {"news_id": NEWS, "at": WHEN.isoformat()})
    items = [item for item in (await world.due())["unassigned"][0]["items"] if item["kind"] == "contact"]
    assert [(item["key"], [line["standing"] for line in item["about"]]) for item in items] == [(MADE, ["stands"])]


async def test_who_was_told_somebody_elses_news_is_to_hear_so(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    wrong = {"contact_id": MADE, "news_ids": [], "reason": "not-theirs"}
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | wrong)
    (item,) = [item for item in (await world.due())["unassigned"][0]["items"] if item["key"] == MADE]
    assert item["what"].endswith("put it right")


async def test_a_contact_that_keeps_a_promise_without_news_says_so(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | {"contact_id": MADE, "news_ids": []})
    (silent,) = [item for item in (await world.due())["unassigned"][0]["items"] if item["key"] == MADE]
    assert silent["what"].startswith("Be in touch, though nothing is new")


async def test_a_silence_that_ends_beside_untold_news_is_not_called_nothing_new(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    silence = {"contact_id": MADE, "news_ids": [], "reason": "silence"}
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | silence)
    (asked,) = [item for item in (await world.due())["unassigned"][0]["items"] if item["key"] == MADE]
    assert asked["what"].startswith("Be in touch: the agreed time has passed")


async def test_a_contact_that_a_message_replaces_is_due_no_longer(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("notifications.officer-contact-withdrawn.v1", {"contact_id": a_contact_due()["contact_id"]})
    items = (await world.due())["unassigned"][0]["items"]
    assert [item for item in items if item["kind"] == "contact"] == []


async def test_news_seen_before_the_contact_was_asked_for_leaves_nothing_due(world: World) -> None:
    await world.hear("notifications.news-seen.v1", {"news_id": NEWS, "seen_at": WHEN.isoformat()})
    await world.hear("notifications.officer-contact-due.v1", a_contact_due())
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    assert (await world.due())["mine"][0]["items"] == []


@pytest.mark.parametrize(("met_by", "overtaken"), [("event", True), ("seen", False)])
async def test_a_contact_about_what_was_overtaken_says_so(world: World, met_by: str, overtaken: bool) -> None:  # noqa: FBT001
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.duty-met.v1", {"duty_key": DUTY, "met_by": met_by, "at": WHEN.isoformat()})
    (contact,) = (await world.due())["unassigned"][0]["items"]
    assert contact["overtaken"] is overtaken


async def items(world: World) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await world.due())["unassigned"][0]["items"]
    return found


async def look_first(world: World) -> list[str]:
    return [item["key"] for item in await items(world) if item["what"].startswith("Look at this first")]


async def test_what_was_in_doubt_is_looked_at_first_until_the_doubt_is_cleared(world: World) -> None:
    doubtful = some_news(NEWS, "court.trial-date-changed.v1") | {"reach": "officer"}
    await world.hear("journey.news-arrived.v1", doubtful)
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | {"reason": "doubt"})
    before = await items(world)
    assert await look_first(world) == [CONTACT]

    cleared = {"event_source": "urn:test", "event_id": "event-9", "by": {"kind": "officer", "subject": "officer-1"}}
    await world.hear("intake.doubt-cleared.v1", cleared)
    await world.hear("journey.news-arrived.v1", doubtful | {"reach": "victim"})

    assert await look_first(world) == []
    after = await items(world)
    assert [item["what"] for item in after] == ["Tell them: this was in doubt, and no longer is"]
    assert [item | {"what": ""} for item in after] == [item | {"what": ""} for item in before]


async def test_a_contact_in_doubt_that_comes_after_the_doubt_was_cleared_needs_no_look(world: World) -> None:
    await world.hear("journey.news-arrived.v1", some_news(NEWS, "court.trial-date-changed.v1"))
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | {"reason": "doubt"})
    assert await look_first(world) == []


async def test_a_doubt_cleared_about_one_fact_or_one_victim_leaves_the_other_in_doubt(world: World) -> None:
    both = a_contact_due() | {"reason": "doubt", "news_ids": [NEWS, MADE]}
    first, second = (some_news(news, "court.trial-date-changed.v1") for news in (NEWS, MADE))
    await world.hear("journey.news-arrived.v1", first)
    await world.hear("journey.news-arrived.v1", second | {"reach": "officer"})
    await world.hear("journey.news-arrived.v1", second, victim=BEN)
    await world.hear("notifications.officer-contact-due.v1", both)
    assert await look_first(world) == [CONTACT]


async def test_of_many_who_wait_those_come_first_for_whom_anything_is_due_soonest_and_the_rest_is_counted(
    world: World,
) -> None:
    many = [VictimId(f"01930000-0000-7000-8000-{number:012d}") for number in range(52)]
    for number, victim in enumerate(many):
        due_by = (WHEN - timedelta(hours=number)).isoformat()
        contact = {"contact_id": str(UUID(int=number)), "due_by": due_by}
        await world.hear("notifications.officer-contact-due.v1", {**a_contact_due(), **contact}, victim=victim)
    found = await world.due()
    assert [victim["victim_id"] for victim in found["unassigned"]] == many[:1:-1]
    assert found["waiting"] == 52
    assert "2 more wait" in (await world.page(officer="officer-1")).text
