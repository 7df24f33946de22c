"""A relay that stands still is seen: as a number, and as not ready."""

import time
from collections.abc import Callable

import pytest
from chassis.database import open_pool
from chassis.http.metrics import process_registry
from chassis.http.readiness import NotReady
from chassis.relay.standing import LONGEST_STANDSTILL_SECONDS, Standing
from prometheus_client import generate_latest

pytestmark = pytest.mark.servers


async def test_a_relay_that_stands_still_with_events_waiting_is_not_ready(database: Callable[[str], str]) -> None:
    async with open_pool(database("intake")) as pool:
        registry = process_registry()
        standing = Standing(pool, "intake.events", registry=registry)
        now = time.monotonic()
        await standing.look(now=now - 2 * LONGEST_STANDSTILL_SECONDS)
        assert await standing.ready() == "stands at 0, 0 events waiting"
        async with pool.acquire() as connection:
            await connection.execute("UPDATE log_head SET position = 7")
        await standing.look(now=now)
        with pytest.raises(NotReady, match="with 7 events waiting"):
            await standing.ready()
        assert "relay_waiting_events 7.0" in generate_latest(registry).decode()
        async with pool.acquire() as connection:
            await connection.execute(
                "INSERT INTO relay_checkpoint (topic, position, pseqs) SELECT $1, 3, pseqs FROM log_head",
                "intake.events",
            )
        await standing.look(now=now)
        assert await standing.ready() == "stands at 3, 4 events waiting"


async def test_a_transaction_that_is_open_for_long_is_seen(database: Callable[[str], str]) -> None:
    """Guards the alarm for a back-up that makes busy rows slow."""
    async with open_pool(database("intake")) as pool:
        registry = process_registry()
        standing = Standing(pool, "intake.events", registry=registry)
        async with pool.acquire() as other, other.transaction():
            await other.execute("SELECT FROM log_head")
            await other.execute("SELECT pg_sleep(0.2)")
            await standing.look(now=time.monotonic())
        seconds = registry.get_sample_value("database_oldest_transaction_seconds") or 0.0
        assert 0.2 <= seconds < 60
        assert registry.get_sample_value("database_dead_rows", {"table": "log_head"}) is not None
