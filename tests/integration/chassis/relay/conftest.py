"""The bench of the relay's tests."""

from collections.abc import AsyncIterator, Callable

import pytest
from chassis.database import open_pool
from support.relay_bench import Bench


@pytest.fixture
def dsn(database: Callable[[str], str]) -> str:
    return database("chassis")


@pytest.fixture
async def bench(dsn: str, kafka_bootstrap: str) -> AsyncIterator[Bench]:
    async with open_pool(dsn, size=12) as pool:
        yield Bench(pool, kafka_bootstrap, "relay-" + dsn.rpartition("_")[2])
