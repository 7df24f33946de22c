"""Nobody stays without a contact person unnoticed once something is overdue for them."""

from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from support.desk_world import AMIRA, BEN, NEWS, PERSON, WHEN, World, a_contact_due, a_duty, some_news
from witness_care.due.neglect_alarms import NeglectAlarms
from witness_care.due.neglect_store import DeskNeglect

REPORT = {"report_reference": "R-7KQM-2XTW-HN4D", "wants_support": True, "share_with_police": False}
LONG = timedelta(weeks=10)
TOMORROW = (WHEN + timedelta(days=1)).isoformat()


A_DOUBT = a_contact_due() | {"due_by": TOMORROW, "reason": "doubt", "duty_keys": []}


async def counted(world: World) -> tuple[int, int]:
    """Victims with something overdue and nobody, and wishes overdue, as an alarm sees them."""
    registry = CollectorRegistry()
    await NeglectAlarms(DeskNeglect(world.pool), registry=registry).look()
    names = ("desk_victims_overdue_with_nobody", "desk_wishes_overdue")
    victims, wishes = (registry.get_sample_value(name) for name in names)
    assert victims is not None
    assert wishes is not None
    return int(victims), int(wishes)


async def move_on(world: World, by: timedelta) -> None:
    async with world.pool.acquire() as connection:
        now = await connection.fetchval("SELECT business_now()")
        ahead = WHEN + by - now
        await connection.execute("UPDATE business_clock SET ahead = ahead + $1", ahead)


@pytest.mark.parametrize(
    ("kind", "data", "wishes"),
    [
        ("journey.duty-opened.v1", a_duty(), 0),
        ("notifications.officer-contact-due.v1", a_contact_due() | {"due_by": TOMORROW}, 0),
        ("notifications.officer-contact-due.v1", A_DOUBT, 0),
        ("intake.report-received.v1", REPORT, 1),
    ],
)
async def test_whoever_has_anything_overdue_and_nobody_is_counted_and_every_officer_reads_it(
    world: World, kind: str, data: dict[str, Any], wishes: int
) -> None:
    await move_on(world, timedelta())
    await world.hear(kind, data)
    assert await counted(world) == (0, 0)
    await move_on(world, LONG)
    assert await counted(world) == (1, wishes)
    for officer in ("officer-1", "officer-2"):
        assert "1 victim has something overdue and nobody" in (await world.page(officer=officer)).text
    assert (await world.due())["overdue_with_nobody"] == 1
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    assert await counted(world) == (0, wishes)
    assert "something overdue and nobody" not in (await world.page(officer="officer-2")).text


async def test_who_waits_for_nothing_overdue_is_not_counted(world: World) -> None:
    await move_on(world, timedelta())
    await world.hear("journey.duty-opened.v1", a_duty())
    await world.hear("intake.report-received.v1", REPORT, victim=BEN)
    assert await counted(world) == (0, 0)


async def test_a_doubt_that_nobody_clears_is_overdue_counted_and_stays(world: World) -> None:
    doubtful = some_news(NEWS, "court.verdict-reached.v1") | {"reach": "officer"}
    await move_on(world, timedelta())
    await world.hear("journey.news-arrived.v1", doubtful)
    await world.hear("notifications.officer-contact-due.v1", A_DOUBT)
    await move_on(world, LONG)
    assert await counted(world) == (1, 0)
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    shown = (await world.page(officer="officer-1")).text
    assert "Look at this first, on their page" in shown
    assert "Overdue since 3 March 2026" in shown


async def test_what_is_about_a_day_that_has_begun_is_overdue_whenever_it_was_due(world: World) -> None:
    await move_on(world, timedelta())
    late = {"due_by": (WHEN + 2 * LONG).isoformat()}
    await world.hear("notifications.officer-contact-due.v1", a_contact_due() | late)
    await world.hear("journey.news-arrived.v1", some_news(NEWS, "court.hearing-listed.v1") | {"about_at": TOMORROW})
    assert await counted(world) == (0, 0)
    await move_on(world, timedelta(days=2))
    assert await counted(world) == (1, 0)
