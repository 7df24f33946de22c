"""The interface can be read by everybody, and its pages load nothing from elsewhere and run nothing that is in them."""

import json
import re
from collections.abc import AsyncIterator

import httpx2
import pytest
from chassis.http.app import create_app
from contracts.catalogue import EVENT_TYPES
from contracts.generate import generated_files
from contracts.golden import example_of
from intake.interface.http import interface_router


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app("test", routers=[interface_router()], readiness={})
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="https://test") as client:
        yield client


async def test_the_asyncapi_document_is_the_generated_one_and_leads_to_the_schemas(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/asyncapi.json")
    assert answer.text == generated_files()["asyncapi.json"]
    for message in answer.json()["components"]["messages"].values():
        schema = await http.get("/" + message["payload"]["schema"]["$ref"].removeprefix("./"))
        assert schema.json()["title"] == message["name"]


@pytest.mark.parametrize("name", EVENT_TYPES)
async def test_the_schema_of_each_type_is_the_generated_one(http: httpx2.AsyncClient, name: str) -> None:
    answer = await http.get(f"/schemas/{name}")
    assert answer.text == generated_files()[f"schemas/{name}.json"]
    assert answer.headers["content-type"] == "application/schema+json"


@pytest.mark.parametrize("name", ["police.crime-reported.v9", "..%2fasyncapi", ".json", "reference.css.json"])
async def test_what_is_no_type_has_no_schema(http: httpx2.AsyncClient, name: str) -> None:
    assert (await http.get(f"/schemas/{name}")).status_code == 404
    assert (await http.get(f"/reference/{name}")).status_code == 404


async def test_every_event_type_is_shown_with_its_example(http: httpx2.AsyncClient) -> None:
    text = (await http.get("/reference/events")).text
    for name in EVENT_TYPES:
        assert f'<h2 id="{name}">' in text, name
        assert str(example_of(name)["id"]) in text, name
    said = json.loads((await http.get("/asyncapi.json")).text)["components"]["messages"]
    assert {name: message["examples"] for name, message in said.items()} == {
        name: [{"payload": example_of(name)}] for name in EVENT_TYPES
    }


@pytest.mark.parametrize("path", ["/reference", "/reference/events"])
async def test_a_page_of_the_reference_runs_nothing_inline_and_loads_only_from_here(
    http: httpx2.AsyncClient, path: str
) -> None:
    answer = await http.get(path)
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "https:" not in policy
    assert not re.search(r"<script>|<style|\son\w+=|\sstyle=", answer.text)
    loaded = re.findall(r'(?:src|rel="[a-z]+" href)="([^"]+)"', answer.text)
    assert loaded
    for part in loaded:
        assert (await http.get(part)).status_code == 200, part
