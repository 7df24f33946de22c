"""Every address of a service is in its document, with what it takes and every answer it gives."""

from collections.abc import Iterator
from typing import Any

from chassis.http.app import PUBLIC_PATHS
from chassis.http.document import operations
from chassis.http.methods import all_routes
from support.interface import Bridge

PAGES = {
    **dict.fromkeys((f"GET {path}" for path in PUBLIC_PATHS), "the chassis' own: health, the document, problem types"),
    **dict.fromkeys(("GET /", "GET /live", "GET /static/{name}", "GET /static/desk.css"), "pages and what is on them"),
    **dict.fromkeys(("POST /seen", "POST /choose", "POST /contact"), "forms of those pages"),
    **dict.fromkeys(("POST /take-over", "POST /handover"), "forms of those pages"),
    **dict.fromkeys(("GET /person", "POST /person", "GET /questions"), "pages of the desk"),
    **dict.fromkeys(("POST /wish", "POST /person/doubt", "POST /person/link"), "forms of those pages"),
    **dict.fromkeys(("POST /person/victim-of", "POST /person/number"), "forms of those pages"),
    **dict.fromkeys(("POST /person/number-withdrawal", "POST /questions/verdict"), "forms of those pages"),
    "POST /person/contact-withdrawal": "a form of that page",
    "POST /questions/content": "opens a message on its page",
    **dict.fromkeys(("GET /colleagues", "POST /colleagues"), "a page, and the choice made on it"),
    **dict.fromkeys(("GET /signin", "GET /signin/callback", "GET /signed-out"), "a browser's way through a sign-in"),
    **dict.fromkeys(("GET /signin/session", "POST /signout"), "asked by our own pages"),
    **dict.fromkeys(("GET /reference", "GET /reference/events", "GET /reference/{name}"), "the reference, for people"),
    "POST /signin/ended": "OpenID Connect Back-Channel Logout says what the issuer sends and is answered",
}
"""What is no interface for another system's developer, and why."""
WITHOUT_CONTENT = {
    "POST /events/{event_id}/doubt-cleared",
    "POST /victims/{victim_id}/contacts/{contact_id}/withdrawal",
}
FOR_EVERYBODY = {"POST /reports", "GET /asyncapi.json", "GET /schemas/{event_type}"}
ALWAYS = {"500", "503"}


def stated(service: Bridge) -> Iterator[tuple[str, dict[str, Any]]]:
    document = service.service.app.openapi()
    for path, item in document["paths"].items():
        yield from ((f"{method.upper()} {path}", operation) for method, operation in item.items())


def test_every_route_is_in_the_document_or_a_page(service: Bridge) -> None:
    said = {name for name, _ in stated(service)}
    found = {
        f"{method} {route.path_format}"
        for route in all_routes(service.service.app.routes)
        for method in route.methods or ()
    }
    assert found - said - set(PAGES) == set(), "let the document say these, or list each as a page with a reason"
    assert said & set(PAGES) == set(), "these are interface after all: take them off the list"


def test_every_operation_says_what_it_takes_and_every_answer(service: Bridge) -> None:
    for name, operation in stated(service):
        answers = operation["responses"]
        assert answers.keys() >= ALWAYS, name
        assert all(answer["description"] for answer in answers.values()), name
        assert [status for status in answers if status.startswith("2")], f"{name} never succeeds"
        if name.startswith(("POST", "PUT")) and name not in WITHOUT_CONTENT:
            assert operation["requestBody"]["content"], f"{name}: say what it takes"
            assert answers.keys() >= {"400", "413"}, name


def test_every_refusal_is_a_problem(service: Bridge) -> None:
    for name, operation in stated(service):
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert set(answer["content"]) == {"application/problem+json", "text/html"}, f"{name} {status}"


def test_every_operation_that_is_not_for_everybody_asks_for_a_token(service: Bridge) -> None:
    open_ones = {name for name, operation in stated(service) if "security" not in operation}
    assert open_ones <= FOR_EVERYBODY, "who may ask? Say it with `responses=TOKEN` or `PERMISSION`"
    assert all("401" in operation["responses"] for _, operation in stated(service) if "security" in operation)


def test_every_reference_of_the_document_leads_somewhere(service: Bridge) -> None:
    document = service.service.app.openapi()
    assert list(operations(document))
    for reference in references(document):
        assert reference.startswith("#/components/schemas/"), reference
        assert reference.rpartition("/")[2] in document["components"]["schemas"], reference


def references(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from references(each)
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for each in part.values():
            yield from references(each)
