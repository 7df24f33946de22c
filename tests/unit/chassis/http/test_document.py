"""What the chassis adds to every service's OpenAPI document, and which methods it says an address has."""

from typing import Any

import httpx2
import msgspec
import pytest
from chassis.http.answers import PERMISSION, json_answer, refusals
from chassis.http.app import create_app
from chassis.http.document import Application
from chassis.http.problems import Conflict
from fastapi import APIRouter, Response
from pydantic import BaseModel


class Name(BaseModel):
    name: str


class Part(msgspec.Struct):
    number: int


class Whole(msgspec.Struct):
    parts: list[Part]


def an_app() -> Application:
    router = APIRouter()

    @router.get("/names/{name:path}", response_class=Response, responses=json_answer(Whole, "Its parts."))
    async def read(name: str) -> Response:
        return Response(name)

    @router.put("/names/{name:path}/agreed", responses=refusals(Conflict) | PERMISSION)
    async def agree(name: str, content: Name) -> Name:
        return content

    @router.delete("/names/{name:path}/agreed", status_code=204)
    async def forget(name: str) -> Response:
        return Response(status_code=204)

    app = create_app("test", routers=[router], readiness={})
    assert isinstance(app, Application)
    return app


def operation(path: str, method: str) -> dict[str, Any]:
    found: dict[str, Any] = an_app().openapi()["paths"][path][method]
    return found


def test_an_operation_says_the_answers_of_its_own_and_those_of_its_kind() -> None:
    agree = operation("/names/{name}/agreed", "put")
    assert list(agree["responses"]) == ["200", "400", "401", "403", "404", "409", "413", "422", "500", "503"]
    assert list(operation("/names/{name}", "get")["responses"]) == ["200", "400", "404", "422", "500", "503"]


def test_a_refusal_is_a_problem_whose_type_is_named() -> None:
    answer = operation("/names/{name}/agreed", "put")["responses"]["409"]
    assert "/problems/conflict" in answer["description"]
    assert answer["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_what_may_answer_401_asks_for_a_token() -> None:
    assert operation("/names/{name}/agreed", "put")["security"] == [{"access-token": []}]
    assert "security" not in operation("/names/{name}", "get")


def test_an_answer_that_a_route_encodes_itself_is_described_by_its_type() -> None:
    content = operation("/names/{name}", "get")["responses"]["200"]["content"]["application/json"]
    assert content["schema"] == {"$ref": "#/components/schemas/Whole"}
    assert {"Whole", "Part"} <= set(an_app().openapi()["components"]["schemas"])


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/names/robin", "GET"),
        ("POST", "/names/robin/agreed", "DELETE, PUT"),
        ("OPTIONS", "/names/robin/agreed", "DELETE, PUT"),
        ("TRACE", "/names/robin/vale/agreed", "DELETE, PUT"),
    ],
)
async def test_allow_names_the_methods_of_all_routes_of_the_address(method: str, path: str, allowed: str) -> None:
    transport = httpx2.ASGITransport(app=an_app())
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        answer = await http.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


async def test_an_address_with_a_slash_too_many_is_not_there_and_leads_nowhere() -> None:
    transport = httpx2.ASGITransport(app=an_app())
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        assert (await http.get("/openapi.json/")).status_code == 404
