"""The application every service is made of: problems, limits, headers, health, numbers."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from chassis.errors import TransientFailure
from chassis.http.app import create_app
from chassis.http.problems import PROBLEMS_PATH, Conflict, NotFound, Problem, problem_types
from chassis.http.readiness import NotReady
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, field_validator

SECRET = "Amira Example, 07700 900123"


class CaseIsClosed(Conflict):
    """The case is closed; nothing can be added to it."""

    title = "The case is closed"


class DomainRefusal(Exception):
    pass


class Report(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    age: int = 0

    @field_validator("name")
    @classmethod
    def _no_digits(cls, name: str) -> str:
        if any(letter.isdigit() for letter in name):
            raise ValueError(f"{name} has digits")
        return name


def _router() -> APIRouter:
    router = APIRouter()
    _add_failures(router)

    @router.post("/reports")
    async def report(content: Report) -> dict[str, int]:
        return {"age": content.age}

    @router.post("/raw")
    async def raw(request: Request) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    return router


def _add_failures(router: APIRouter) -> None:
    @router.get("/victims/{victim_id}")
    async def victim(victim_id: str) -> dict[str, str]:
        raise NotFound("Check the address.")

    @router.get("/closed")
    async def closed() -> None:
        raise CaseIsClosed("Record it on an open case.", case_state="closed")

    @router.get("/refused")
    async def refused() -> None:
        raise DomainRefusal(SECRET)

    @router.get("/away")
    async def away() -> None:
        raise TransientFailure("the database is away")

    @router.get("/cut")
    async def cut() -> None:
        raise ConnectionRefusedError

    @router.get("/broken")
    async def broken() -> None:
        raise RuntimeError(SECRET)


async def _fine() -> str:
    return "fine"


async def _behind() -> str:
    raise NotReady("the consumer made its last progress 70 s ago")


def _client(**checks: object) -> httpx2.AsyncClient:
    app = create_app(
        "test",
        routers=[_router()],
        readiness=checks or {"database": _fine},  # type: ignore[arg-type]
        problem_for={DomainRefusal: lambda _: Conflict("Ask the officer.")},
        body_limit=1_000,
        https=True,
    )
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test")


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    async with _client() as client:
        yield client


async def test_a_problem_names_its_type_title_status_and_what_to_do(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/closed")
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "/problems/case-is-closed",
        "title": "The case is closed",
        "status": 409,
        "detail": "Record it on an open case.",
        "case_state": "closed",
    }


async def test_every_problem_type_is_an_address_that_answers(client: httpx2.AsyncClient) -> None:
    for kind in problem_types():
        answer = await client.get(f"{PROBLEMS_PATH}/{kind.slug()}")
        assert answer.status_code == 200, kind
        assert kind.title in answer.text
    assert (await client.get("/problems/unknown")).status_code == 404


async def test_problem_types_have_different_addresses() -> None:
    slugs = [kind.slug() for kind in problem_types(Problem)]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("path", ["/nowhere", "/victims/someone"])
async def test_what_is_not_there_and_what_is_not_yours_are_both_404_problems(
    client: httpx2.AsyncClient, path: str
) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


async def test_a_wrong_method_is_a_problem_with_the_methods_it_has(client: httpx2.AsyncClient) -> None:
    answer = await client.delete("/reports")
    assert (answer.status_code, answer.json()["type"]) == (405, "/problems/method-not-allowed")
    assert answer.headers["allow"] == "POST"


async def test_a_service_maps_its_own_errors(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/refused")
    assert (answer.status_code, answer.json()["detail"]) == (409, "Ask the officer.")
    assert SECRET not in answer.text


@pytest.mark.parametrize("path", ["/away", "/cut"])
async def test_what_is_away_is_503_with_retry_after(client: httpx2.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


async def test_an_unexpected_failure_tells_nothing(
    client: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await client.get("/broken")
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/problem")
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    "content",
    [
        {"name": "A1", "age": 3},
        {"name": "A", "age": SECRET},
        {"name": "A", "Amira Example, 07700 900123": 1},
        {"name": "A", "amira_example": 1},
        {"age": 3},
    ],
)
async def test_a_validation_error_names_the_place_and_never_the_value(
    client: httpx2.AsyncClient, content: dict[str, object]
) -> None:
    answer = await client.post("/reports", json=content)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-content")
    assert all(error["at"].startswith("body") for error in answer.json()["errors"])
    assert not [part for part in (SECRET, "A1", "amira_example") if part in answer.text]


async def test_a_body_declared_too_large_is_refused_before_it_is_read(client: httpx2.AsyncClient) -> None:
    assert (await client.post("/raw", content=b"x" * 1_000)).json() == {"bytes": 1_000}
    answer = await client.post("/raw", content=b"x" * 1_001)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/content-too-large")


@pytest.mark.parametrize("path", ["/raw", "/reports"])
async def test_a_body_that_grows_too_large_is_refused_while_it_arrives(client: httpx2.AsyncClient, path: str) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        for _ in range(1_000):
            taken += 1
            yield b"x" * 100

    answer = await client.post(path, content=endless(), headers={"content-type": "application/json"})
    assert answer.status_code == 413


async def test_every_answer_carries_the_security_headers(client: httpx2.AsyncClient) -> None:
    for path in ("/healthz", "/nowhere", "/broken"):
        headers = (await client.get(path)).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-robots-tag"].startswith("noindex")
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "max-age" in headers["strict-transport-security"]


async def test_readiness_names_what_is_missing_and_health_does_not_ask() -> None:
    async with _client(database=_fine, consumer=_behind) as client:
        answer = await client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["checks"] == {
            "database": "fine",
            "consumer": "the consumer made its last progress 70 s ago",
        }
        assert (await client.get("/healthz")).status_code == 200


async def test_progress_calls_a_person_and_takes_no_requests_away() -> None:
    """Guards readiness from what is no need of a request."""
    app = create_app("test", routers=[], readiness={"database": _fine}, progress={"issuer": _fine, "consumer": _behind})
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client:
        assert (await client.get("/readyz")).status_code == 200
        progress = await client.get("/progress")
        numbers = (await client.get("/metrics")).text
    assert progress.status_code == 503
    assert progress.json()["checks"] == {
        "issuer": "fine",
        "consumer": "the consumer made its last progress 70 s ago",
    }
    assert 'progress{check="issuer"} 1.0' in numbers
    assert 'progress{check="consumer"} 0.0' in numbers


async def test_numbers_are_kept_by_route_and_never_by_address(client: httpx2.AsyncClient) -> None:
    await client.get("/victims/0192-someone")
    numbers = (await client.get("/metrics")).text
    assert 'http_answers_total{method="GET",route="/victims/{victim_id}",status="404"} 1.0' in numbers
    assert "0192-someone" not in numbers


async def test_there_are_no_documentation_pages_that_load_scripts_from_elsewhere(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/docs")).status_code == 404
    assert (await client.get("/redoc")).status_code == 404
    assert (await client.get("/openapi.json")).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/victims/1", 404, "There is nothing here"),
        ("/closed", 409, "Record it on an open case."),
        ("/away", 503, "This page is not there just now"),
        ("/broken", 500, "Something went wrong"),
        ("/nowhere", 404, "There is nothing here"),
    ],
)
async def test_somebody_who_reads_in_a_browser_gets_plain_words(
    client: httpx2.AsyncClient, path: str, status: int, words: str
) -> None:
    answer = await client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert words in answer.text
    assert SECRET not in answer.text
    assert "{" not in answer.text
    assert 'href="/plain.css"' in answer.text
    assert (await client.get("/plain.css")).headers["content-type"].startswith("text/css")
    assert 'href="/icon.svg"' in answer.text
    assert (await client.get("/icon.svg")).headers["content-type"] == "image/svg+xml"
