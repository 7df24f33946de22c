"""Which contact ends which line: each line ends by what it says that it ends by, and by no more."""

from datetime import timedelta
from typing import Any

import pytest
from contracts.notifications import ContactReason
from support.desk_world import AMIRA, BEN, CONTACT, DUTY, MADE, NEWS, OTHER_DUTY, PERSON, WHEN, World, a_duty, some_news
from witness_care.due.ending import CONTACTS_END

OTHER_NEWS = "0193cccc-0000-7000-8000-000000000005"
EMPTY: dict[str, Any] = {}
TELLS = {"news_ids": [NEWS]}
RIGHTS = {"put_right": [NEWS]}
BEFORE, AFTER = -timedelta(hours=1), timedelta(hours=1)
TO_TELL = [reason for reason in ContactReason if CONTACTS_END[reason] == "told"]


def asked(reason: str, *news: str, **more: Any) -> dict[str, Any]:
    due_by = (WHEN + timedelta(days=1)).isoformat()
    return {"contact_id": CONTACT, "reason": reason, "news_ids": news, "due_by": due_by, **more}


async def told(world: World, said: dict[str, Any], *, at: timedelta = AFTER, contact: str = MADE) -> None:
    record = {"contact_id": contact, "made_at": (WHEN + at).isoformat(), "how": "phone", **said}
    answer = await world.call("POST", f"/victims/{AMIRA}/contacts", record)
    assert answer.status_code == 204, answer.text


async def lines(world: World) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await world.due())["unassigned"][0]["items"]
    return found


def test_every_reason_for_a_contact_says_what_ends_it() -> None:
    assert set(CONTACTS_END) == set(ContactReason), "give the reason a row in witness_care.due.ending"


@pytest.mark.parametrize("reason", TO_TELL)
@pytest.mark.parametrize(
    ("said", "ends"), [(EMPTY, False), (RIGHTS, False), ({"news_ids": [OTHER_NEWS]}, False), (TELLS, True)]
)
async def test_what_is_to_be_told_ends_by_a_contact_that_tells_it(
    world: World,
    reason: str,
    said: dict[str, Any],
    ends: bool,  # noqa: FBT001
) -> None:
    await world.hear("notifications.officer-contact-due.v1", asked(reason, NEWS))
    await told(world, said)
    assert [line["ends_by"] for line in await lines(world)] == ([] if ends else ["told"])


@pytest.mark.parametrize(
    ("said", "at", "ends"),
    [
        (EMPTY, AFTER, False),
        (TELLS, AFTER, False),
        ({"put_right": [OTHER_NEWS]}, AFTER, False),
        (RIGHTS, BEFORE, False),
        (RIGHTS, AFTER, True),
    ],
)
async def test_what_they_were_told_of_somebody_else_ends_when_they_were_told_so_since(
    world: World,
    said: dict[str, Any],
    at: timedelta,
    ends: bool,  # noqa: FBT001
) -> None:
    await world.hear("notifications.officer-contact-due.v1", asked("not-theirs", NEWS))
    await told(world, said, at=at)
    assert [line["ends_by"] for line in await lines(world)] == ([] if ends else ["put-right"])


async def test_what_was_wrong_of_two_pieces_of_news_is_put_right_for_both(world: World) -> None:
    await world.hear("notifications.officer-contact-due.v1", asked("not-theirs", NEWS, OTHER_NEWS))
    await told(world, RIGHTS)
    assert len(await lines(world)) == 1
    await told(world, {"put_right": [OTHER_NEWS]}, contact=OTHER_DUTY)
    assert await lines(world) == []


@pytest.mark.parametrize("reason", ["silence", "no-safe-channel"])
@pytest.mark.parametrize(("at", "ends"), [(BEFORE, False), (AFTER, True)])
async def test_a_silence_ends_by_any_contact_made_since_it_was_asked_for(
    world: World,
    reason: str,
    at: timedelta,
    ends: bool,  # noqa: FBT001
) -> None:
    await world.hear("notifications.officer-contact-due.v1", asked(reason))
    await told(world, EMPTY, at=at)
    assert [line["ends_by"] for line in await lines(world)] == ([] if ends else ["in-touch"])


async def test_a_silence_that_is_heard_of_after_the_contact_that_ended_it_is_not_due(world: World) -> None:
    await world.hear("journey.duty-opened.v1", a_duty())
    await told(world, EMPTY)
    await world.hear("notifications.officer-contact-due.v1", asked("silence"))
    assert [line["kind"] for line in await lines(world)] == ["duty"]


async def test_a_contact_that_names_nothing_is_kept_and_ends_nothing_that_is_to_be_told(world: World) -> None:
    await world.hear("journey.duty-opened.v1", a_duty())
    await world.hear("notifications.officer-contact-due.v1", asked("not-seen", NEWS, duty_keys=[DUTY]))
    before = await lines(world)
    await told(world, EMPTY)
    assert await lines(world) == before
    async with world.pool.acquire() as connection:
        kept = await connection.fetchval("SELECT count(*) FROM log WHERE type = 'witness-care.contact-made.v1'")
    assert kept == 1


async def test_what_was_about_somebody_else_is_put_right_on_the_page_by_one_act_without_what_it_was_about(
    world: World,
) -> None:
    occurred = {"occurred_at": "2026-02-27T10:00:00+00:00", "about_at": "2026-04-30T09:00:00+00:00"}
    await world.hear("journey.news-arrived.v1", some_news(NEWS, "court.trial-date-changed.v1") | occurred)
    await world.hear("journey.news-withdrawn.v1", {"news_id": NEWS, "at": WHEN.isoformat()})
    await world.hear("notifications.officer-contact-due.v1", asked("not-theirs", NEWS))
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    shown = (await world.page(officer="officer-1")).text
    assert "I told them that this was not about them" in shown
    assert "What they may know: the court moved the date of the trial" in shown
    assert shown.count('type="checkbox"') == 1
    assert "27 February" not in shown
    assert "30 April" not in shown
    act = {"victim": AMIRA, "contact_id": BEN, "how": "in-person", "put_right": NEWS}
    assert (await world.sent("/contact", act, officer="officer-1")).status_code == 303
    assert (await world.due())["mine"][0]["items"] == []
