"""JSON Schema of an event as a publisher may send it, which is wider than as it is recorded: see `contracts.sent`.

Nothing is sealed yet, what intake writes is left out, an attribute that is null is unset, and there may be extensions.
"""

from collections.abc import Mapping
from typing import Any, Final

from contracts.catalogue import EVENT_TYPES
from contracts.envelope import WRITTEN_BY_INTAKE
from contracts.publishers import AGENCIES, PUBLISHABLE
from contracts.schemas import JsonObject, schema_of

SENDABLE: Final = tuple(sorted(name for agency in AGENCIES for name in PUBLISHABLE[agency]))
"""Every type that an agency may send."""

_EXTENSION: Final = {"type": ["string", "integer", "boolean", "null"], "description": "An extension: taken, not kept."}
_UNSET: Final = {"type": "null", "description": "Only intake writes this."}
_JSON_MEDIA_TYPE: Final = r"^[A-Za-z0-9.+-]+/([A-Za-z0-9.-]+\+)*json( *; *charset=\"?(utf-8|us-ascii)\"?)?$"
_OPTIONAL: Final = ("datacontenttype", "backfill")


def sent_schema(name: str) -> JsonObject:
    """The schema of one type in structured mode; its parts are in `$defs`."""
    schema = schema_of(EVENT_TYPES[name])
    parts = {part: _unsealed(shape) for part, shape in schema.pop("$defs").items() if part != "Sealed"}
    properties: JsonObject = schema["properties"]
    properties |= dict.fromkeys(WRITTEN_BY_INTAKE, _UNSET)
    properties |= {name: {"anyOf": [properties[name], {"type": "null"}]} for name in _OPTIONAL}
    properties["datacontenttype"] = {
        "anyOf": [{"type": "string", "pattern": _JSON_MEDIA_TYPE}, {"type": "null"}],
        "description": "Any media type of JSON in UTF-8.",
    }
    kept = {key: schema[key] for key in ("title", "description", "type", "required")}
    return {
        **kept,
        "description": f"{schema['description']} In place of `data` there may be `data_base64`, JSON in base64.",
        "properties": properties,
        "propertyNames": {"pattern": "^[a-z0-9]{1,100}$"},
        "additionalProperties": _EXTENSION,
        "$defs": parts,
    }


def _unsealed(part: Any) -> Any:
    """Personal text comes in the clear."""
    if isinstance(part, list):
        return [_unsealed(each) for each in part]
    if not isinstance(part, Mapping):
        return part
    if part.get("x-personal"):
        return {**part["anyOf"][0], "x-personal": True}
    return {name: _unsealed(each) for name, each in part.items()}
