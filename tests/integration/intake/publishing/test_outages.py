"""`POST /events` while PostgreSQL dies: 503 and nothing half-done, and what was acknowledged stays."""

import asyncio

import pytest
from chassis.migrations import migrate
from sandbox.servers.postgres import PostgresServer
from support.deadline import until
from support.intake_door import Door, open_door, victim_identified

pytestmark = pytest.mark.servers


async def test_postgres_killed_under_load_answers_503_and_keeps_what_was_acknowledged(
    breakable_postgres: PostgresServer,
) -> None:
    dsn = breakable_postgres.dsn()
    await migrate(dsn, package="intake.migrations", sandbox_clock=True)
    acknowledged: set[str] = set()
    async with open_door(dsn) as door:
        stop = asyncio.Event()
        publishers = [asyncio.create_task(_publish(door, number, acknowledged, stop)) for number in range(6)]

        async def enough() -> bool:
            return len(acknowledged) > 30

        await until(enough, "30 events are acknowledged")
        breakable_postgres.kill()
        answer = await door.send(victim_identified(999))
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        await breakable_postgres.start()
        await until(lambda: _accepts(door), "intake takes events again", seconds=30)
        stop.set()
        await asyncio.gather(*publishers)
        recorded = await door.log("police.victim-identified.v1")
        links = await door.log("intake.victim-linked.v1")
    assert acknowledged <= {event["id"] for event in recorded}
    assert {event["victimid"] for event in recorded} == {link["victimid"] for link in links}


async def _publish(door: Door, number: int, acknowledged: set[str], stop: asyncio.Event) -> None:
    sent = 0
    while not stop.is_set():
        sent += 1
        event = victim_identified(number * 10_000 + sent, victim=f"V-{number}")
        answer = await door.send(event)
        assert answer.status_code in (200, 503), answer.text
        if answer.status_code == 503:
            await asyncio.sleep(0.05)
            continue
        acknowledged.add(event["id"])


async def _accepts(door: Door) -> bool:
    return (await door.send(victim_identified(999))).status_code == 200
