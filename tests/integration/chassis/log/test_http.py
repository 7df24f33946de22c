"""`GET /log`: who may read it, how it is paged, and that it verifies."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx2
import pytest
from chassis.database import open_pool
from chassis.http.app import create_app
from chassis.log.appender import append_within
from chassis.log.http import log_router
from chassis.log.served import decode_page, verify_served
from chassis.testing.issuer import FakeIssuer
from support.log_events import an_event

pytestmark = pytest.mark.servers


@pytest.fixture
def dsn(database: Callable[[str], str]) -> str:
    return database("chassis")


@pytest.fixture
def issuer() -> FakeIssuer:
    return FakeIssuer()


@pytest.fixture
async def client(dsn: str, issuer: FakeIssuer) -> AsyncIterator[httpx2.AsyncClient]:
    async with open_pool(dsn) as pool:
        async with pool.acquire() as connection:
            events = [an_event(key=None if n % 4 == 0 else f"case-{n % 7}", private=b"hidden") for n in range(30)]
            await append_within(connection, events, epoch=1)
        app = create_app("test", routers=[log_router(pool, issuer.bearer(), topic="test.events")], readiness={})
        headers = {"Authorization": f"Bearer {issuer.token(scope='log:read')}"}
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test", headers=headers) as opened:
            yield opened


async def pages(client: httpx2.AsyncClient, **query: Any) -> list[Any]:
    found: list[Any] = []
    while True:
        after = found[-1].position if found else 0
        answer = await client.get("/log", params={"after": after, "limit": 7, **query})
        assert answer.status_code == 200
        page = decode_page(answer.content)
        if not page.records:
            return found
        found += page.records


async def test_all_pages_verify_up_to_the_head(client: httpx2.AsyncClient) -> None:
    records = await pages(client)
    head = decode_page((await client.get("/log", params={"after": 30})).content).head
    assert verify_served(records) == (head.position, head.hash) == (30, records[-1].hash)


async def test_one_partition_is_contiguous_in_its_own_numbers(client: httpx2.AsyncClient) -> None:
    for partition in range(4):
        records = await pages(client, partition=partition)
        assert [record.pseq for record in records] == list(range(1, len(records) + 1))
        assert {record.topic for record in records} <= {"test.events"}


async def test_the_private_state_is_never_served(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/log", params={"limit": 1000})
    assert b"hidden" not in answer.content
    assert "private" not in answer.json()["records"][0]


@pytest.mark.parametrize("query", [{"after": -1}, {"limit": 0}, {"limit": 1001}, {"partition": -1}, {"after": "x"}])
async def test_a_query_out_of_bounds_is_refused(client: httpx2.AsyncClient, query: dict[str, Any]) -> None:
    assert (await client.get("/log", params=query)).status_code == 422


async def test_it_is_for_tokens_with_the_scope_only(client: httpx2.AsyncClient, issuer: FakeIssuer) -> None:
    """Guards the authentication of the log endpoint."""
    other = {"Authorization": f"Bearer {issuer.token(scope='events:publish')}"}
    assert (await client.get("/log", headers=other)).status_code == 403
    assert (await client.get("/log", headers={"Authorization": ""})).status_code == 401
