"""A service's OpenAPI document: what its routes say of themselves, and what is the same for all of them."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from fastapi import FastAPI

from chassis.http.answers import (
    ALWAYS,
    PROBLEM,
    WITH_CONTENT,
    WITH_PARAMETERS,
    WITH_PATH_PARAMETERS,
    Answers,
    refusals,
)
from chassis.http.problems import InvalidContent, NotAuthenticated

ACCESS_TOKEN: Final = "access-token"  # noqa: S105 the name of a scheme
DOCUMENT_PATH: Final = "/openapi.json"

_SCHEME: Final = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "An access token of the issuer for this service (RFC 6750, RFC 9068), by client credentials.",
}
_ABOUT: Final = (
    "Every refusal is a problem document (RFC 9457) whose `type` leads to a page that says what to do: "
    "see [all of them](/problems)."
)
_NOT_OURS: Final = ("HTTPValidationError", "ValidationError")
"""FastAPI's own shapes of a refusal, which no service answers with."""

Json = dict[str, Any]


class Application(FastAPI):
    """Completes the document that FastAPI writes."""

    def openapi(self) -> Json:
        """The document; written once, when it is first asked for."""
        if self.openapi_schema is None:
            self.openapi_schema = completed(super().openapi())
        return self.openapi_schema


def completed(document: Json) -> Json:
    """With every answer that the chassis gives, the security of each operation, and every named part in one place."""
    components = document.setdefault("components", {})
    schemas: Json = components.setdefault("schemas", {})
    for name in _NOT_OURS:
        schemas.pop(name, None)
    schemas["Problem"] = deepcopy(dict(PROBLEM))
    components["securitySchemes"] = {ACCESS_TOKEN: _SCHEME}
    document["info"].setdefault("description", _ABOUT)
    for path, operation in operations(document):
        _complete(operation, path)
    _hoist(document, schemas)
    return document


def operations(document: Json) -> Iterator[tuple[str, Json]]:
    """Each operation with its path."""
    for path, item in document["paths"].items():
        for operation in item.values():
            yield path, operation


def _complete(operation: Json, path: str) -> None:
    responses: Json = operation["responses"]
    if words := operation.get("description"):
        operation["summary"] = words.partition(". ")[0].removesuffix(".")
    for status, answer in _common(operation, path).items():
        if str(status) not in responses or status == InvalidContent.status:
            responses[str(status)] = deepcopy(answer)
    operation["responses"] = dict(sorted(responses.items()))
    if str(NotAuthenticated.status) in responses:
        operation["security"] = [{ACCESS_TOKEN: []}]


def _common(operation: Json, path: str) -> Answers:
    found = dict(ALWAYS)
    if "{" in path:
        found |= WITH_PATH_PARAMETERS
    if operation.get("parameters"):
        found |= WITH_PARAMETERS
    if "requestBody" in operation:
        found |= WITH_CONTENT | refusals(InvalidContent)
    return found


def _hoist(part: Any, schemas: Json) -> None:
    """Move what pydantic and msgspec name beside a schema to where the document names things."""
    if isinstance(part, list):
        for each in part:
            _hoist(each, schemas)
    if isinstance(part, dict):
        for name, schema in part.pop("$defs", {}).items():
            if schemas.setdefault(name, schema) != schema:
                raise ValueError(f"two shapes of this document are named {name}: rename one")
        for each in list(part.values()):
            _hoist(each, schemas)
