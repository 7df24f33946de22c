"""What an operation may answer, in the words of OpenAPI: each refusal is a problem document, described here once."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import msgspec

from chassis.http.problems import (
    PROBLEMS_PATH,
    ContentTooLarge,
    InvalidContent,
    MalformedContent,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    Problem,
    TemporarilyUnavailable,
    TooManyRequests,
)

Answers: TypeAlias = dict[int | str, dict[str, Any]]
"""As `responses` of a FastAPI router or route takes them."""

COMPONENTS: Final = "#/components/schemas/"
PROBLEM: Final[Mapping[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": (
        "Why a request was refused (RFC 9457). It never repeats what was sent. "
        "`type` is an address of this service; a GET of it answers with a page."
    ),
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "pattern": f"^{PROBLEMS_PATH}/[a-z-]+$"},
        "title": {"type": "string", "description": "The same words for the same type."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "What to do next."},
        "errors": {
            "type": "array",
            "description": "Each place that is wrong, and what is expected there.",
            "items": {
                "type": "object",
                "required": ["at", "expected"],
                "properties": {
                    "at": {"type": "string"},
                    "kind": {"type": "string"},
                    "expected": {"type": "string"},
                },
            },
        },
    },
}
_HEADERS: Final[Mapping[int, Mapping[str, str]]] = {
    NotAuthenticated.status: {"WWW-Authenticate": "How to ask: with a bearer token."},
    TooManyRequests.status: {"Retry-After": "Seconds to wait."},
    TemporarilyUnavailable.status: {"Retry-After": "Seconds to wait."},
}


def refusals(*kinds: type[Problem]) -> Answers:
    """The answers for these problems; of several with one status the first is described."""
    return {kind.status: _refusal(kind) for kind in reversed(kinds)}


def json_answer(shape: type | Any, description: str, *, status: int = 200) -> Answers:
    """A JSON answer that a route encodes itself, by the type that it encodes."""
    [schema], parts = msgspec.json.schema_components((shape,), ref_template=COMPONENTS + "{name}")
    return {
        status: {"description": description, "content": {"application/json": {"schema": schema | {"$defs": parts}}}}
    }


def document_answer(media_type: str, description: str) -> Answers:
    """A JSON document that has a schema of its own elsewhere."""
    return {200: {"description": description, "content": {media_type: {"schema": {"type": "object"}}}}}


def _refusal(kind: type[Problem]) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": f"{kind.title}. {' '.join((kind.__doc__ or '').split())} See {kind.address()}.",
        "content": {
            "application/problem+json": {"schema": {"$ref": f"{COMPONENTS}Problem"}},
            "text/html": {"schema": {"type": "string", "description": "The same in plain words, for a browser."}},
        },
    }
    if headers := _HEADERS.get(kind.status):
        answer["headers"] = {name: _header(meaning) for name, meaning in headers.items()}
    return answer


def _header(meaning: str) -> dict[str, Any]:
    return {"description": meaning, "required": True, "schema": {"type": "string"}}


TOKEN: Final = refusals(NotAuthenticated)
"""Of what asks for an access token; the document says so of each operation that has this answer."""
PERMISSION: Final = refusals(NotAuthenticated, NotAllowed)
"""Of what asks for an access token with a scope or a role."""
ALWAYS: Final = refusals(TemporarilyUnavailable, Problem)
WITH_PARAMETERS: Final = refusals(MalformedContent, InvalidContent)
WITH_PATH_PARAMETERS: Final = refusals(NotFound)
WITH_CONTENT: Final = refusals(MalformedContent, ContentTooLarge)
