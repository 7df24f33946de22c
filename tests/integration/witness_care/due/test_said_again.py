"""What is said of news and of duties may be said again: the desk shows what was said last."""

from datetime import timedelta
from typing import Any

from support.desk_timeline import entry
from support.desk_world import (
    AMIRA,
    CONTACT,
    DUTY,
    MADE,
    NEWS,
    PERSON,
    WHEN,
    World,
    a_contact_due,
    a_duty,
    a_named_victim_with_a_contact_due,
    some_news,
)
from witness_care.elsewhere.peer import Peer, Said

MOVED = "court.trial-date-changed.v1"
DOUBTED = a_contact_due() | {"reason": "doubt"}


async def lines(world: World) -> list[dict[str, Any]]:
    due = await world.due()
    found: list[dict[str, Any]] = [*due["mine"], *due["unassigned"]][0]["items"]
    return found


async def keys(world: World) -> list[str]:
    return [line["key"] for line in await lines(world)]


async def test_what_another_fact_has_replaced_is_not_there_to_tell_and_comes_back_when_it_holds_again(
    world: World,
) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED))
    before = await lines(world)
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED) | {"standing": False})
    (duty,) = await lines(world)
    assert (duty["key"], duty["news_ids"], duty["about"]) == (DUTY, [], [])
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    assert "The court moved the date" not in (await world.page(officer="officer-1")).text
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED))
    assert await lines(world) == before


async def test_a_contact_that_meets_a_duty_does_not_tell_what_was_replaced(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED) | {"standing": False})
    made = {"contact_id": MADE, "made_at": WHEN.isoformat(), "how": "phone", "duty_keys": [DUTY]}
    assert (await world.call("POST", f"/victims/{AMIRA}/contacts", made)).status_code == 204
    async with world.pool.acquire() as connection:
        told = await connection.fetchval("SELECT count(*) FROM settled")
    assert told == 0


async def test_of_two_pieces_of_news_the_line_names_the_one_that_is_still_to_be_told(world: World) -> None:
    for news in (NEWS, MADE):
        await world.hear("journey.news-arrived.v1", some_news(news, MOVED))
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | {"news_ids": [NEWS, MADE]})
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED) | {"standing": False})
    (line,) = await lines(world)
    assert (line["news_ids"], len(line["about"])) == ([MADE], 1)


async def test_news_that_was_withdrawn_and_is_theirs_again_is_due_again(world: World) -> None:
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED))
    await world.hear("notifications.officer-contact-due.v1", a_contact_due())
    await world.hear("journey.news-withdrawn.v1", {"news_id": NEWS, "at": WHEN.isoformat()})
    assert await keys(world) == []
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED))
    (line,) = await lines(world)
    assert (line["key"], line["about"][0]["standing"]) == (CONTACT, "stands")


async def test_what_reaches_only_an_officer_again_is_looked_at_first_again(world: World) -> None:
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED))
    await world.hear("notifications.officer-contact-due.v1", DOUBTED)
    assert (await lines(world))[0]["what"].startswith("Tell them: this was in doubt")
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED) | {"reach": "officer"})
    assert (await lines(world))[0]["what"].startswith("Look at this first")


async def test_a_correction_is_said_in_the_words_of_what_holds_now(world: World) -> None:
    right = {"says_type": "court.verdict-reached.v1"}
    corrected = some_news(NEWS, "court.event-corrected.v1") | right
    await world.hear("journey.news-arrived.v1", corrected)
    await world.hear("notifications.officer-contact-due.v1", a_contact_due())
    assert (await lines(world))[0]["about"][0]["what"] == "The court reached a verdict"
    await world.hear("journey.news-arrived.v1", some_news(MADE, MOVED))
    await world.hear("journey.news-arrived.v1", corrected | {"corrects_news": MADE})
    assert (await lines(world))[0]["about"][0]["what"] == "Put right: the court reached a verdict"


async def test_what_is_about_a_day_is_due_before_it_and_says_so(world: World) -> None:
    first, second = (WHEN + timedelta(days=days) for days in (2, 3))
    later = {"due_by": (WHEN + timedelta(days=5)).isoformat()}
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | later)
    await world.hear(
        "notifications.officer-contact-due.v1",
        a_contact_due() | {"contact_id": MADE, "news_ids": [MADE], "due_by": second.isoformat()},
    )
    assert await keys(world) == [MADE, CONTACT]
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED) | {"about_at": first.isoformat()})
    assert await keys(world) == [CONTACT, MADE]
    line = (await lines(world))[0]
    assert (line["due_at"], line["about"][0]["about_at"]) == ("2026-03-04T09:00:00Z", "2026-03-04T09:00:00Z")
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    assert "It is about 4 March 2026 at 9am" in (await world.page(officer="officer-1")).text


async def test_a_duty_that_has_changed_is_due_as_it_is_now_and_one_open_again_after_it_was_met_is_back(
    world: World,
) -> None:
    await world.hear("journey.duty-opened.v1", a_duty())
    sooner = a_duty() | {"due_at": WHEN.isoformat(), "news_id": MADE}
    await world.hear("journey.duty-changed.v1", sooner)
    (line,) = await lines(world)
    assert (line["due_at"], line["news_ids"]) == ("2026-03-02T09:00:00Z", [MADE])
    await world.hear("journey.duty-met.v1", {"duty_key": DUTY, "met_by": "event", "at": WHEN.isoformat()})
    assert await keys(world) == []
    await world.hear("journey.duty-changed.v1", sooner)
    assert await keys(world) == [DUTY]


async def test_a_duty_that_waits_for_an_officer_is_on_the_desk_and_says_what_to_find_out(world: World) -> None:
    waits = a_duty() | {"reach": "officer", "subject": "accused/d1"}
    await world.hear("journey.duty-opened.v1", waits)
    (line,) = await lines(world)
    assert line["waits"] is True
    assert line["what"].startswith("Find out first, on their page, whether they may be told")
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED) | {"reach": "officer"})
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    for doubt, missing in (
        (None, "They are not linked to this accused"),
        ("future-time", "In doubt: it is said"),
    ):
        said = entry("event-9", news_id=NEWS, reach="officer", doubt=doubt)
        world.peers.answers |= {(Peer.JOURNEY, f"/victims/{AMIRA}/timeline"): Said({"entries": [said]})}
        assert missing in (await world.page(officer="officer-1")).text
    await world.hear("journey.duty-changed.v1", waits | {"reach": "victim"})
    (line,) = await lines(world)
    assert (line["waits"], line["what"].startswith("Tell them")) == (False, True)
    async with world.pool.acquire() as connection:
        assert await connection.fetchval("SELECT subject FROM duty") == "accused/d1"


async def test_what_she_was_told_under_another_id_is_told_until_that_is_taken_back(world: World) -> None:
    told = {"told_at": WHEN.isoformat()}
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED))
    await world.hear("notifications.officer-contact-due.v1", a_contact_due())
    assert await keys(world) == [CONTACT]
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED) | told)
    assert await keys(world) == []
    await world.hear("journey.news-arrived.v1", some_news(NEWS, MOVED))
    assert await keys(world) == [CONTACT]
