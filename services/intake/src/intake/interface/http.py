"""`/asyncapi.json`, `/schemas/{type}` and `/reference`, for everybody: what the interface is names nobody."""

from importlib.resources import files
from typing import Final

from chassis.http.answers import document_answer
from chassis.http.problems import NotFound
from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from intake.interface.documents import asyncapi, schema
from intake.interface.events_page import events_page
from intake.interface.page_frame import REDOC_POLICY, reference_page

_CACHED: Final = {"Cache-Control": "max-age=300"}
_STATIC: Final = files("intake.interface") / "static"
_REDOC: Final = files("fastapi_standalone_docs") / "static" / "redoc"
_FILES: Final = {
    "redoc.js": (_REDOC / "redoc.standalone.js", "text/javascript"),
    "logo-mini.svg": (_REDOC / "logo-mini.svg", "image/svg+xml"),
    "reference.js": (_STATIC / "reference.js", "text/javascript"),
    "reference.css": (_STATIC / "reference.css", "text/css"),
}


def interface_router() -> APIRouter:
    """The documents; the OpenAPI document itself is the chassis'."""
    router = APIRouter()

    @router.get(
        "/asyncapi.json",
        response_class=Response,
        responses=document_answer("application/json", "The AsyncAPI 3.0 document."),
    )
    async def events() -> Response:
        """What is said on the topics, with an example of each event type."""
        return Response(asyncapi(), media_type="application/json", headers=_CACHED)

    @router.get(
        "/schemas/{event_type}",
        response_class=Response,
        responses=document_answer("application/schema+json", "The JSON Schema (2020-12) of the event as recorded."),
    )
    async def event_schema(event_type: str) -> Response:
        """The schema of one event type, as `police.crime-reported.v1`."""
        found = schema(event_type)
        if found is None:
            raise NotFound("Event types are listed at /reference/events.")
        return Response(found, media_type="application/schema+json", headers=_CACHED)

    router.include_router(_pages())
    return router


def _pages() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/reference")
    async def reference() -> Response:
        return HTMLResponse(reference_page(), headers={"Content-Security-Policy": REDOC_POLICY})

    @router.get("/reference/events")
    async def event_types() -> Response:
        return HTMLResponse(events_page())

    @router.get("/reference/{name}")
    async def part(name: str) -> Response:
        if name not in _FILES:
            raise NotFound("The reference is at /reference.")
        file, media_type = _FILES[name]
        return Response(file.read_bytes(), media_type=media_type, headers=_CACHED)

    return router
