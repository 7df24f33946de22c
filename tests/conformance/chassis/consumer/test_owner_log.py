"""One suite for the owner's log in memory and over HTTP: what a consumer with a hole asks for."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from chassis.consumer.events import Arrival
from chassis.consumer.owner_log import PAGE, HttpOwnerLog, MemoryOwnerLog, OwnerLog, OwnerPage, OwnerUnreachable
from chassis.consumer.sequence import Mark, digest_of
from chassis.database import open_pool
from chassis.log.appender import append_within
from chassis.log.http import log_router
from chassis.log.reader import read_partition
from chassis.log.records import NewEvent
from chassis.security.tokens import FixedToken
from fastapi import FastAPI
from support.welcoming import Welcoming

TOPIC = "intake.events"
OCCURRED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(params=["memory", pytest.param("http", marks=pytest.mark.servers)])
def dsn(request: pytest.FixtureRequest) -> str | None:
    if request.param == "memory":
        return None
    made: str = request.getfixturevalue("database")("chassis")
    return made


@pytest.fixture
async def owner(dsn: str | None) -> AsyncIterator[OwnerLog]:
    events = [event(number) for number in range(6)]
    if dsn is None:
        yield MemoryOwnerLog([Arrival(TOPIC, 0, n, n * 2, "case-1", OCCURRED, None, b"{}") for n in range(1, 7)])
        return
    async with open_pool(dsn) as pool:
        async with pool.acquire() as connection, connection.transaction():
            await append_within(connection, events, epoch=1)
        async with pool.acquire() as connection:
            partition = await connection.fetchval("SELECT DISTINCT partition FROM log")
            assert len(await read_partition(connection, partition, after=0, limit=9, upto_bytes=9_999)) == 6
        app = FastAPI()
        app.include_router(log_router(pool, Welcoming(), topic=TOPIC))
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as client:
            yield _InPartition(HttpOwnerLog(client, "http://intake.example.org/", FixedToken("t")), partition)


class _InPartition:
    """The suite asks for partition 0; the key's real partition is another number."""

    def __init__(self, inner: OwnerLog, partition: int) -> None:
        self._inner, self._partition = inner, partition

    async def after(self, topic: str, *, partition: int, mark: Mark, limit: int = PAGE) -> OwnerPage:
        return await self._inner.after(topic, partition=(partition + self._partition) % 4, mark=mark, limit=limit)


def event(number: int) -> NewEvent:
    return NewEvent(
        id=f"e{number}",
        source="/police/x",
        type="police.crime-reported.v1",
        stream=f"s{number}",
        version=None,
        key="case-1",
        occurred_at=OCCURRED,
        body=b"{}",
        digest=b"d" * 32,
    )


async def test_what_follows_a_mark_comes_in_order_without_gaps(owner: OwnerLog) -> None:
    everything = (await owner.after(TOPIC, partition=0, mark=Mark())).arrivals
    assert [one.pseq for one in everything] == [1, 2, 3, 4, 5, 6]
    third = everything[2]
    rest = (await owner.after(TOPIC, partition=0, mark=Mark(third.pseq, 0, 99))).arrivals
    assert [one.pseq for one in rest] == [4, 5, 6]
    assert {(one.topic, one.key, one.body) for one in rest} == {(TOPIC, "case-1", b"{}")}


async def test_another_partition_is_empty(owner: OwnerLog) -> None:
    page = await owner.after(TOPIC, partition=1, mark=Mark())
    assert (page.arrivals, page.last, page.seen) == ([], 0, None)


async def test_a_page_says_what_the_owner_has_under_the_mark_how_far_it_is_and_its_own_time(owner: OwnerLog) -> None:
    page = await owner.after(TOPIC, partition=0, mark=Mark(3), limit=2)
    assert [one.pseq for one in page.arrivals] == [4, 5]
    assert (page.last, page.seen) == (6, digest_of(page.arrivals[0]))
    assert page.now is not None
    assert page.settled(page.now) == page.arrivals
    assert page.settled(page.arrivals[0].recorded_at - timedelta(seconds=1)) == []


async def test_beyond_its_end_the_owner_has_nothing(owner: OwnerLog) -> None:
    page = await owner.after(TOPIC, partition=0, mark=Mark(9))
    assert (page.arrivals, page.last, page.seen) == ([], 6, None)


@pytest.mark.parametrize("status", [401, 403, 404, 500])
async def test_a_wrong_scope_address_or_secret_is_named_with_its_status(status: int) -> None:
    transport = httpx2.MockTransport(lambda _: httpx2.Response(status))
    async with httpx2.AsyncClient(transport=transport) as client:
        log = HttpOwnerLog(client, "http://intake.example.org", FixedToken("t"))
        with pytest.raises(OwnerUnreachable, match=str(status)):
            await log.after(TOPIC, partition=0, mark=Mark())


async def test_an_owner_that_does_not_answer_is_a_transient_failure() -> None:
    async with httpx2.AsyncClient(timeout=1.0) as client:
        log = HttpOwnerLog(client, "http://127.0.0.1:9", FixedToken("t"))
        with pytest.raises(OwnerUnreachable):
            await log.after(TOPIC, partition=0, mark=Mark())
