"""Who is turned away leaves one line: client, route and kind, and nothing of the content."""

from collections.abc import AsyncIterator
from typing import Annotated

import httpx2
import pytest
from chassis.http.app import create_app
from chassis.http.problems import Conflict
from chassis.security.principal import Principal
from chassis.testing.issuer import FakeIssuer
from fastapi import APIRouter, Depends, Form
from structlog.testing import capture_logs


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    issuer, router = FakeIssuer(), APIRouter()
    bearer = issuer.bearer()

    @router.post("/things/{thing_id}")
    async def change(
        thing_id: str,
        caller: Annotated[Principal, Depends(bearer.require_scope("write"))],
        size: Annotated[int, Form()],
    ) -> None:
        raise Conflict(f"{thing_id} of {caller.subject} is {size}")

    app = create_app("test", routers=[router], readiness={}, body_limit=1_000)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client:
        client.headers.update(issuer.headers(scope="write", client_id="police"))
        yield client


@pytest.mark.parametrize(
    ("headers", "size", "status", "kind", "who"),
    [
        ({"Authorization": "Bearer SENTINEL"}, "1", 401, "token-refused", "-"),
        ({"Authorization": ""}, "1", 401, "token-refused", "-"),
        ({}, "SENTINEL", 422, "invalid-content", "police"),
        ({}, "1", 409, "conflict", "police"),
        ({}, "SENTINEL" * 1_000, 413, "content-too-large", "-"),
    ],
)
async def test_each_refusal_is_one_line_without_content(
    client: httpx2.AsyncClient, headers: dict[str, str], size: str, status: int, kind: str, who: str
) -> None:
    with capture_logs() as lines:
        answer = await client.post("/things/SENTINEL", data={"size": size}, headers=headers)
    assert answer.status_code == status
    [line] = [line for line in lines if line["event"] == "A request was refused"]
    assert (line["status"], line["kind"], line["client_id"], line["method"]) == (status, kind, who, "POST")
    assert line["route"] == ("unmatched" if status == 413 else "/things/{thing_id}")
    assert "SENTINEL" not in str(line)


async def test_a_caller_without_the_scope_is_named(client: httpx2.AsyncClient) -> None:
    with capture_logs() as lines:
        headers = FakeIssuer().headers()
        await client.post("/things/1", data={"size": "1"}, headers=headers)
        await client.get("/nowhere")
    assert [(line["status"], line["route"]) for line in lines] == [(401, "/things/{thing_id}"), (404, "unmatched")]
