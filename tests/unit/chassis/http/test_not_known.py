"""What is said of a request whose end nobody heard of."""

import httpx2
import pytest
from chassis.errors import OutcomeNotKnown, TransientFailure
from chassis.http.app import create_app
from fastapi import APIRouter


def _client() -> httpx2.AsyncClient:
    router = APIRouter()

    @router.api_route("/in-doubt", methods=["GET", "POST"])
    async def in_doubt() -> None:
        raise OutcomeNotKnown("the answer to the commit was lost")

    @router.api_route("/lost", methods=["GET", "POST"])
    async def lost() -> None:
        raise ConnectionResetError

    @router.api_route("/not-stored", methods=["GET", "POST"])
    async def not_stored() -> None:
        raise TransientFailure("the vault is away")

    transport = httpx2.ASGITransport(create_app("Test", routers=[router], readiness={}), raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url="http://test")


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", "/in-doubt", "outcome-not-known"),
        ("POST", "/lost", "outcome-not-known"),
        ("GET", "/lost", "temporarily-unavailable"),
        ("POST", "/not-stored", "temporarily-unavailable"),
    ],
)
async def test_nothing_was_stored_is_said_only_where_that_is_certain(method: str, path: str, kind: str) -> None:
    async with _client() as client:
        answer = await client.request(method, path)
        page = await client.get(answer.json()["type"])
    assert (answer.status_code, answer.json()["type"]) == (503, f"/problems/{kind}")
    assert int(answer.headers["retry-after"]) > 0
    assert ("Nothing was stored" in answer.json()["detail"]) is (kind == "temporarily-unavailable")
    assert ("with the same ids" in page.text) is (kind == "outcome-not-known")


async def test_a_person_reads_what_to_do_when_it_is_not_known_whether_it_was_kept() -> None:
    async with _client() as client:
        page = (await client.post("/in-doubt", headers={"Accept": "text/html"})).text
    assert "It is not known whether this was stored" in page
    assert "Sent twice, it counts once." in page
