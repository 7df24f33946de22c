"""Pages of the log are bound in bytes, and what took too long is not tried again at the same size."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from chassis.database import Connection, Pool
from chassis.relay.broker import KafkaBroker
from chassis.relay.pace import LEAST_BYTES, MOST_BYTES, Pace
from chassis.relay.pages import Bounds, page_after, page_again
from chassis.relay.relay import Relay
from chassis.relay.session import Target
from support.log_events import an_event
from support.relay_bench import Bench

pytestmark = pytest.mark.servers

BODY = b"x" * 100_000


async def test_a_page_ends_with_the_entry_that_reaches_its_bytes(bench: Bench) -> None:
    """Guards the bound in bytes."""
    await bench.append(an_event(key=None, body=BODY), *[an_event(key="case-1", body=BODY) for _ in range(5)])
    async with bench.pool.acquire() as connection:
        bounds = Bounds(150_000)
        page = await page_after(connection, 0, bounds=bounds)
        assert [entry.position for entry in page] == [1, 2, 3], "what is not relayed weighs nothing"
        assert bounds.reached_by(page)
        partition = page[-1].partition or 0
        again = await page_again(connection, partition, after=1, upto=5, bounds=Bounds(1))
        assert [entry.pseq for entry in again] == [2], "one at least"
        rest = await page_after(connection, 5, bounds=bounds)
        assert not bounds.reached_by(rest)


async def test_what_takes_too_long_is_tried_again_in_halves(bench: Bench) -> None:
    """Guards the smaller try after a time-out."""
    await bench.append(*[an_event(body=BODY) for _ in range(30)])
    slow = _SlowAbove(bench.pool, 500_000)
    relay = Relay(
        cast(Pool, slow), Target(KafkaBroker(bench.kafka), bench.topic), lease_seconds=1.0, pause_seconds=0.01
    )
    async with bench.relaying(relay):
        await bench.relayed(30)
    positions = {message.headers.position for message in await bench.published()}
    assert positions == set(range(1, 31)), "some may come twice"
    assert slow.tried[:5] == [MOST_BYTES >> halves for halves in range(5)]


def test_it_goes_no_lower_than_what_an_event_takes_and_up_again() -> None:
    pace = Pace()
    for _ in range(20):
        pace.failed(ExceptionGroup("a session", [TimeoutError(), ValueError()]))
    assert pace.bytes == LEAST_BYTES
    pace.failed(ConnectionError())
    pace.succeeded()
    assert pace.bytes == 2 * LEAST_BYTES


class _SlowAbove:
    """A database that does not read more than so many bytes of the log in time."""

    def __init__(self, pool: Pool, most: int) -> None:
        self._pool, self._most = pool, most
        self.apart = pool.apart
        self.tried: list[int] = []

    @asynccontextmanager
    async def acquire(self, *, timeout: float | None = None) -> AsyncIterator[Connection]:  # noqa: ASYNC109 the pool's
        async with self._pool.acquire(timeout=timeout) as connection:
            yield cast(Connection, _Slow(connection, self))

    def read(self, wanted: int) -> None:
        self.tried.append(wanted)
        if wanted > self._most:
            raise TimeoutError


class _Slow:
    def __init__(self, connection: Connection, pool: _SlowAbove) -> None:
        self._connection, self._pool = connection, pool

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    async def fetch(self, query: str, *args: object) -> list[Any]:
        if "before <" in query:
            self._pool.read(cast(int, args[-1]))
        return await self._connection.fetch(query, *args)
