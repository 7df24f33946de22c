"""JSON Schema 2020-12 of each event type: the whole CloudEvent, as a file."""

import json
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import create_model
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema

from contracts.catalogue import EVENT_TYPES
from contracts.envelope import Envelope
from contracts.event_type import EventType

JsonObject = dict[str, Any]


class _WithoutTitles(GenerateJsonSchema):
    """Field titles would only repeat the field names."""

    def field_title_should_be_set(self, schema: object) -> bool:
        del schema
        return False


def schema_of(kind: EventType) -> JsonObject:
    """The schema of a whole event. `x-personal` marks what is text from outside and sealed once recorded."""
    fixed_type: Any = (Literal[kind.name], FieldInfo())
    whole = create_model(
        kind.name, __base__=Envelope, __doc__=kind.model.__doc__, type=fixed_type, data=(kind.model, FieldInfo())
    )
    schema = whole.model_json_schema(schema_generator=_WithoutTitles)
    _require_discriminators(schema, schema.get("$defs", {}))
    # CloudEvents asks for it; the model's default is a convenience for those who build one.
    required = ["specversion", *schema.pop("required")]
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"urn:throughline:schema:{kind.name}",
        **schema,
        "required": required,
    }


def _require_discriminators(part: Any, named: JsonObject) -> None:
    """What tells the shapes of a choice apart must be there, though a model has a default for those who build one."""
    if isinstance(part, list):
        for each in part:
            _require_discriminators(each, named)
    if isinstance(part, dict):
        if isinstance(told := part.get("discriminator"), dict) and "mapping" in told:
            for reference in told["mapping"].values():
                shape = named[reference.rpartition("/")[2]]
                shape["required"] = sorted({*shape.get("required", ()), told["propertyName"]})
        for each in part.values():
            _require_discriminators(each, named)


def schema_files() -> Mapping[str, JsonObject]:
    """File name to schema, for every event type."""
    return {f"{name}.json": schema_of(kind) for name, kind in EVENT_TYPES.items()}


def as_text(document: Mapping[str, Any]) -> str:
    """The same bytes for the same document, on every machine."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
