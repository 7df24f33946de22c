"""Contacts that officers record, on a real PostgreSQL: each ends what waited for it, and nothing else."""

from datetime import timedelta

import pytest
from contracts.ids import VictimId
from contracts.witness_care import ContactManner
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
    some_news,
)

ALL_THE_SAME = {"although_not_safe": "true"}
PROMISE: dict[str, object] = {"version": 1, "agreed_by": "victim"}


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


async def test_a_contact_that_names_a_duty_which_no_telling_meets_is_refused_and_the_duty_stays(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.duty-opened.v1", {**a_duty(), "duty_key": OTHER_DUTY, "duty_id": "R4-REFERRAL"})
    before = (await world.due())["unassigned"][0]["items"]
    made = {"contact_id": MADE, "made_at": WHEN.isoformat(), "how": "phone", "duty_keys": [DUTY, OTHER_DUTY]}
    refused = await world.call("POST", f"/victims/{AMIRA}/contacts", made)
    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/not-met-by-telling"
    assert (await world.due())["unassigned"][0]["items"] == before


async def test_what_had_not_happened_when_a_contact_was_made_was_not_told_by_it(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    later = {"occurred_at": (WHEN + timedelta(hours=1)).isoformat()}
    await world.hear("journey.news-arrived.v1", some_news(NEWS, "court.verdict-reached.v1") | later)
    made = {"contact_id": MADE, "made_at": WHEN.isoformat(), "how": "phone"}
    for named in ({"news_ids": [NEWS]}, {"duty_keys": [DUTY]}):
        refused = await world.call("POST", f"/victims/{AMIRA}/contacts", made | named)
        assert refused.status_code == 409
        assert refused.json()["type"] == "/problems/told-before-it-happened"
        assert "with what had happened by then" in refused.json()["detail"]
    assert len((await world.due())["unassigned"][0]["items"]) == 2
    after = {"made_at": (WHEN + timedelta(hours=2)).isoformat(), "news_ids": [NEWS]}
    assert (await world.call("POST", f"/victims/{AMIRA}/contacts", made | after)).status_code == 204


async def test_what_has_not_happened_yet_comes_again_on_the_page_with_what_to_do(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    ahead = {"occurred_at": "2126-03-02T09:00:00+00:00"}
    await world.hear("journey.news-arrived.v1", some_news(NEWS, "court.verdict-reached.v1") | ahead)
    told = {"victim": AMIRA, "contact_id": MADE, "how": "in-person", "told": f"{NEWS}|{DUTY}"}
    refused = await world.sent("/contact", told, officer="officer-1")
    assert refused.status_code == 422
    assert "with what had happened by then" in refused.text
    assert "checked" in refused.text


async def test_a_contact_that_meets_a_duty_to_tell_has_told_its_news(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    made = {"contact_id": MADE, "made_at": WHEN.isoformat(), "how": "phone"}

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


async def test_a_contact_with_one_victim_tells_no_other_her_news(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.duty-opened.v1", a_duty() | {"duty_key": MADE}, victim=BEN)
    await world.call("POST", f"/victims/{BEN}/contact-person", PERSON)
    wrong = {"contact_id": MADE, "made_at": WHEN.isoformat(), "how": "phone", "news_ids": [NEWS], "duty_keys": [DUTY]}
    assert (await world.call("POST", f"/victims/{BEN}/contacts", wrong)).status_code == 204
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | {"contact_id": BEN})
    (amira,) = (await world.due())["unassigned"]
    assert [item["kind"] for item in amira["items"]] == ["contact", "contact", "duty"]


@pytest.mark.parametrize("manner", ContactManner)
async def test_a_contact_by_every_manner_can_be_recorded_on_the_page(world: World, manner: ContactManner) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    told = {"victim": AMIRA, "contact_id": MADE, "how": manner.value, "told": f"{NEWS}|{DUTY}"}
    assert f'<option value="{manner}"' in (await world.page(officer="officer-1")).text
    done = await world.sent("/contact", told | ALL_THE_SAME, officer="officer-1")
    assert (done.status_code, done.headers["location"], done.cookies["desk-done"]) == (303, "/", "contact")
    assert (await world.due())["mine"][0]["items"] == []


@pytest.mark.parametrize("tried", [{}, {"tried": "true"}], ids=["made", "tried"])
@pytest.mark.parametrize(
    ("manner", "safe", "answered"),
    [
        ("phone", None, 422),
        ("phone", {"kind": "phone", "safe": "not-safe"}, 422),
        ("phone", {"kind": "phone", "safe": "unknown"}, 422),
        ("phone", {"kind": "sms", "safe": "safe"}, 422),
        ("phone", {"kind": "phone", "safe": "safe"}, 303),
        ("letter", {"kind": "letter", "safe": "safe"}, 303),
        ("sms", {"kind": "phone", "safe": "safe"}, 422),
        ("in-person", None, 303),
        ("video", None, 303),
    ],
)
async def test_a_way_that_was_not_called_safe_is_asked_about_before_it_is_recorded(
    world: World, manner: str, safe: dict[str, str] | None, answered: int, tried: dict[str, str]
) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    if safe is not None:
        await world.hear("notifications.contact-promise-agreed.v1", PROMISE | {"channels": [safe]})
    told = {"victim": AMIRA, "contact_id": MADE, "how": manner, "told": f"{NEWS}|{DUTY}"} | tried
    answer = await world.sent("/contact", told, officer="officer-1")
    assert answer.status_code == answered
    if answered == 422:
        assert "They did not call this way safe" in answer.text
        assert (await world.sent("/contact", told | ALL_THE_SAME, officer="officer-1")).status_code == 303


async def test_who_was_tried_and_not_reached_waits_as_before_and_the_desk_says_so_until_they_are(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    before = (await world.due())["mine"][0]["items"]
    attempt = {"contact_id": MADE, "tried_at": WHEN.isoformat(), "how": "phone"}
    answers = [await world.call("POST", f"/victims/{AMIRA}/contact-attempts", attempt) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [204, 204]
    victim = (await world.due())["mine"][0]
    assert victim["items"] == before
    assert victim["tries"] == [{"how": "phone", "at": "2026-03-02T09:00:00Z"}]
    assert "Not reached: by phone, 2 March 2026 at 9am" in (await world.page(officer="officer-1")).text
    made = {"contact_id": BEN, "made_at": WHEN.isoformat(), "how": "in-person", "news_ids": [NEWS]}
    assert (await world.call("POST", f"/victims/{AMIRA}/contacts", made)).status_code == 204
    assert (await world.due())["mine"][0]["tries"] == []


async def test_trying_needs_no_tick(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    tried = {"victim": AMIRA, "contact_id": MADE, "how": "in-person", "tried": "true"}
    done = await world.sent("/contact", tried, officer="officer-1")
    assert (done.status_code, done.cookies["desk-done"]) == (303, "tried")


@pytest.mark.parametrize("other", [BEN, AMIRA], ids=["of another victim", "of something else"])
async def test_an_id_that_was_used_for_another_record_is_refused_and_changes_nothing(
    world: World, other: VictimId
) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.hear("journey.duty-opened.v1", a_duty() | {"duty_key": OTHER_DUTY}, victim=BEN)
    attempt = {"contact_id": MADE, "tried_at": WHEN.isoformat(), "how": "phone"}
    assert (await world.call("POST", f"/victims/{AMIRA}/contact-attempts", attempt)).status_code == 204
    report = await world.hear(
        "intake.report-received.v1",
        {"report_reference": "R-7KQM-2XTW-HN4D", "wants_support": True, "share_with_police": False},
        victim=other,
    )
    answer = {"answer_id": MADE, "report_id": report, "wish": "support", "outcome": "done"}
    refused = await world.call("POST", f"/victims/{other}/wishes", answer)
    assert refused.status_code == 409
    assert "use a new id" in refused.json()["detail"]
    assert any(item["kind"] == "wish" for victim in (await world.due())["unassigned"] for item in victim["items"])


async def test_who_is_reached_from_the_page_on_which_a_try_was_recorded_is_told(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    form = {"victim": AMIRA, "contact_id": MADE, "how": "in-person", "told": f"{NEWS}|{DUTY}"}
    for pressed in ({"tried": "true"}, {}):
        assert (await world.sent("/contact", form | pressed, officer="officer-1")).status_code == 303
    victim = (await world.due())["mine"][0]
    assert (victim["items"], victim["tries"]) == ([], [])


async def test_a_contact_with_the_id_of_a_try_is_refused_and_not_passed_over(world: World) -> None:
    await a_named_victim_with_a_contact_due(world)
    attempt = {"contact_id": MADE, "tried_at": WHEN.isoformat(), "how": "phone"}
    assert (await world.call("POST", f"/victims/{AMIRA}/contact-attempts", attempt)).status_code == 204
    made = {"contact_id": MADE, "made_at": WHEN.isoformat(), "how": "phone", "news_ids": [NEWS]}
    assert (await world.call("POST", f"/victims/{AMIRA}/contacts", made)).status_code == 409
