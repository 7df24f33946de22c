"""The ledger in memory, and the one in PostgreSQL."""

from collections.abc import AsyncIterator, Callable

import pytest
from chassis.clock import SystemClock
from chassis.database import open_pool
from chassis.key_ring import KeyRing
from chassis.testing.clock import FakeClock
from chassis.vault.composing import EventComposer
from chassis.vault.memory import MemoryVault
from chassis.working_days import england_and_wales
from notifications.ledger.ledger import Ledgers
from notifications.ledger.memory import MemoryLedgers
from notifications.ledger.store import Means, PostgresLedgers
from support.notifications_world import NOON


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.servers)])
def where(request: pytest.FixtureRequest) -> str | None:
    """The DSN of a database, or None for the ledger in memory."""
    if request.param == "memory":
        return None
    database: Callable[[str], str] = request.getfixturevalue("database")
    return database("notifications")


@pytest.fixture
async def ledgers(where: str | None) -> AsyncIterator[Ledgers]:
    if where is None:
        yield MemoryLedgers(FakeClock(NOON))
        return
    clock = SystemClock()
    composer = EventComposer(MemoryVault(clock=clock), KeyRing.alone(bytes(32)))
    async with open_pool(where) as pool:
        yield PostgresLedgers(pool, Means(composer, 1, clock, england_and_wales()))
