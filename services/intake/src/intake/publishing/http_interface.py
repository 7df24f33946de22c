"""What the OpenAPI document says of publishing: the three ways to send events, and the answers."""

from typing import Any, Final

from chassis.http.answers import COMPONENTS, PERMISSION, json_answer, refusals
from chassis.http.problems import Conflict, ContentTooLarge, InvalidContent, MalformedContent, UnsupportedContent
from contracts.golden import example_of
from contracts.sent_schemas import SENDABLE, sent_schema

from intake.publishing.cloudevents import BATCH, BINARY, STRUCTURED
from intake.publishing.http_answers import RecordedEvent, Results
from intake.publishing.incoming import MOST_IN_A_BATCH

PUBLISHED: Final = {
    **PERMISSION,
    **refusals(MalformedContent, Conflict, ContentTooLarge, UnsupportedContent, InvalidContent),
    **json_answer(Results, "Every event is on disk."),
    **json_answer(Results, "Some events are on disk; each refused one says why.", status=207),
}
READ: Final = {**PERMISSION, **json_answer(RecordedEvent, "The event and its receipt.")}

_EVENT: Final = "CloudEvent"
_EXAMPLES: Final = {name: {"summary": name, "value": example_of(name)} for name in SENDABLE}
_BINARY_EXAMPLE: Final = example_of("police.crime-reported.v1")
_HEADERS: Final = {
    "ce-specversion": "Always 1.0.",
    "ce-id": "The publisher's own id of the event; the same id again is a duplicate.",
    "ce-source": "The publishing system, registered for the client.",
    "ce-type": "The type of the event.",
    "ce-time": "When it happened, with its zone (RFC 3339).",
}


def _schemas() -> dict[str, Any]:
    """Every type that may be sent, and all their parts."""
    parts: dict[str, Any] = {}
    for name in SENDABLE:
        schema = sent_schema(name)
        parts |= schema.pop("$defs") | {name: schema}
    refs = {name: f"{COMPONENTS}{name}" for name in SENDABLE}
    choice = {
        "description": "A CloudEvent 1.0 of one of these types; an extension attribute is taken, and not kept.",
        "oneOf": [{"$ref": ref} for ref in refs.values()],
        "discriminator": {"propertyName": "type", "mapping": refs},
    }
    return {**_moved(parts), _EVENT: choice}


def _moved(part: Any) -> Any:
    """With references to where an OpenAPI document names its parts."""
    if isinstance(part, list):
        return [_moved(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        key: value.replace("#/$defs/", COMPONENTS) if key == "$ref" else _moved(value) for key, value in part.items()
    }


def _event() -> dict[str, Any]:
    return {"$ref": f"{COMPONENTS}{_EVENT}", "$defs": _schemas()}


def _batch() -> dict[str, Any]:
    return {"type": "array", "maxItems": MOST_IN_A_BATCH, "items": {"$ref": f"{COMPONENTS}{_EVENT}"}}


def _data() -> dict[str, Any]:
    return {"type": "object", "description": "The event's `data`; its attributes are in the headers beginning ce-."}


WAYS_TO_SEND: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": (
            "CloudEvents 1.0 in one of their three modes: one event (structured), many (batch), "
            "or the data with the attributes in headers (binary)."
        ),
        "content": {
            STRUCTURED: {"schema": _event(), "examples": _EXAMPLES},
            BATCH: {"schema": _batch(), "example": [example_of(SENDABLE[0])]},
            BINARY: {"schema": _data(), "example": _BINARY_EXAMPLE["data"]},
        },
    },
    "parameters": [
        {
            "name": name,
            "in": "header",
            "description": f"In binary mode alone, where it is required: {meaning}",
            "schema": {"type": "string"},
            "example": _BINARY_EXAMPLE[name.removeprefix("ce-")],
        }
        for name, meaning in _HEADERS.items()
    ],
}
