"""The base of every model on the wire, and the few scalar shapes they share."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


class Shape(BaseModel):
    """A closed, immutable, strictly typed value. Errors never show the input."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, hide_input_in_errors=True, use_attribute_docstrings=True
    )


# The bounds keep every conversion between zones inside what datetime can hold.
_AWARE = core_schema.datetime_schema(
    strict=False, ge=datetime(1900, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC), tz_constraint="aware"
)
_LOCAL = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"

_SCHEMA_PATTERN = (
    r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
)


def _text(zone: str) -> CoreSchema:
    # The pattern stands before the datetime, which alone would read the text "1700000000" as a moment too.
    return core_schema.chain_schema([core_schema.str_schema(pattern=f"{_LOCAL}{zone}$"), _AWARE])


def _put_in_utc(moment: CoreSchema) -> CoreSchema:
    return core_schema.no_info_after_validator_function(lambda value: value.astimezone(UTC), moment)


def _first_of(choices: Sequence[CoreSchema]) -> CoreSchema:
    return core_schema.union_schema(
        list(choices),
        mode="left_to_right",
        custom_error_type="rfc3339",
        custom_error_message="Input should be a date and time with its zone, as 2026-11-09T18:30:00Z",
    )


class _Rfc3339:
    """Reads RFC 3339 text with a zone. The usual form, ending in Z, is read without calling Python."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        del source, handler
        moment = core_schema.chain_schema([core_schema.is_instance_schema(datetime), _AWARE])
        from_text = [_text("Z"), _put_in_utc(_text("[+-][0-9]{2}:[0-9]{2}"))]
        return core_schema.json_or_python_schema(
            json_schema=_first_of(from_text),
            python_schema=_first_of([_put_in_utc(moment), *from_text]),
            serialization=core_schema.simple_ser_schema("datetime"),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        del schema, handler
        return {"type": "string", "format": "date-time", "pattern": _SCHEMA_PATTERN}


Instant = Annotated[datetime, _Rfc3339]
"""A moment with its zone given, kept in UTC."""

OPAQUE = StringConstraints(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")
"""Printable ASCII without spaces: an id or code made by a machine."""

Opaque = Annotated[str, OPAQUE]

Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""One line of text that names no person: an agency's own label or title."""

Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
"""A calendar month, as 2027-03."""

TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A local wall-clock time, as 18:30."""
