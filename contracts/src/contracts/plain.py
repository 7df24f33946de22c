"""Contracts without their models: the same checks of the same JSON, and plain dictionaries for the result.

To make the models of an event takes longer than to check it, and where nobody asks for them the contract's own core
schema does without. It then accepts less than the contract and never more: no `null`, and nothing sealed. What it does
not accept is for the contract's own reader to judge.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple, Self

from pydantic import BaseModel
from pydantic_core import CoreSchema, SchemaValidator, core_schema

from contracts.catalogue import EVENT_TYPES, validated
from contracts.envelope import WRITTEN_BY_INTAKE, Envelope
from contracts.personal import FROM_OUTSIDE
from contracts.shape import Shape

Members = dict[str, Any]
_Schema = Mapping[str, Any]
_Known = Mapping[str, _Schema]

_MODEL: Final = {"type", "cls", "schema", "config", "custom_init", "root_model", "metadata", "ref"}
_FIELDS: Final = {"type", "fields", "model_name", "computed_fields", "metadata"}
_FIELD: Final = {"type", "schema", "metadata"}


class NotPlain(TypeError):
    """A contract has something that a plain dictionary cannot keep, or that nobody has thought about here."""


class Plain(NamedTuple):
    """Data that fits its contract: the members that are there, in its order. What is nested is a dictionary as well;
    times, dates and enumerations are what they are in the model."""

    model: type[Shape]
    members: Members

    @classmethod
    def of(cls, data: Shape) -> Self:
        """What a model holds."""
        return cls(type(data), data.model_dump(exclude_none=True))

    def whole(self) -> Shape:
        """As a model, for who needs one."""
        return validated(self.model, self.members, context=FROM_OUTSIDE)


class PlainReader:
    """Reads events as they are sent, of any type that has a plain form: attributes with `data`, both as in `Plain`.

    `one` reads an event, and raises ValueError for what it does not accept. `batch` reads a JSON array of at most
    `most` events, with None for each that it does not accept, and raises ValueError for what is no such array.
    """

    def __init__(self, *, most: int) -> None:
        any_of = core_schema.tagged_union_schema(dict(_events()), discriminator="type")
        or_none = core_schema.with_default_schema(any_of, default=None, on_error="default")
        array = core_schema.list_schema(or_none, max_length=most)
        self.one: Callable[[bytes], Members] = SchemaValidator(any_of).validate_json
        self.batch: Callable[[bytes], list[Members | None]] = SchemaValidator(array).validate_json


def _events() -> Iterator[tuple[str, CoreSchema]]:
    """With the attributes that a publisher may set; `specversion`, for which the model has a default, is demanded."""
    envelope: _Schema = plain_schema(Envelope)
    attributes = {name: field for name, field in envelope["fields"].items() if name not in WRITTEN_BY_INTAKE}
    attributes["specversion"] = core_schema.typed_dict_field(core_schema.literal_schema(["1.0"]))
    for name, kind in EVENT_TYPES.items():
        try:
            data = core_schema.typed_dict_field(plain_schema(kind.model))
        except NotPlain:
            continue
        type_ = core_schema.typed_dict_field(core_schema.literal_schema([name]))
        members = {**attributes, "type": type_, "data": data}
        yield name, core_schema.typed_dict_schema(members, config=envelope["config"])


def plain_schema(model: type[BaseModel]) -> CoreSchema:
    """The core schema of a model, rid of models. Raises NotPlain."""
    return _plain(model.__pydantic_core_schema__, {})


def _plain(schema: _Schema, known: _Known) -> CoreSchema:
    kind = _KINDS.get(schema["type"])
    if kind is None:
        raise NotPlain(f"nothing says what a schema of type {schema['type']} is without models: add it, or do without")
    return kind(schema, known)


def _definitions(schema: _Schema, known: _Known) -> CoreSchema:
    return _plain(schema["schema"], {**known, **{one["ref"]: one for one in schema["definitions"]}})


def _definition(schema: _Schema, known: _Known) -> CoreSchema:
    return _plain(known[schema["schema_ref"]], known)


def _model(schema: _Schema, known: _Known) -> CoreSchema:
    fields = schema["schema"]
    _demand_only(schema, _MODEL)
    _demand_only(fields, _FIELDS)
    if schema.get("custom_init") or schema.get("root_model") or fields.get("computed_fields"):
        raise NotPlain(f"{schema['cls'].__name__} is more than its members")
    members = {name: _field(field, known) for name, field in fields["fields"].items()}
    return core_schema.typed_dict_schema(members, config=schema["config"])


def _field(field: _Schema, known: _Known) -> core_schema.TypedDictField:
    """A member whose default is None is left out where it is absent, as it is when a model is written."""
    _demand_only(field, _FIELD)
    schema = field["schema"]
    if schema["type"] != "default":
        return core_schema.typed_dict_field(_plain(schema, known))
    inner = _plain(schema["schema"], known)
    if schema["default"] is not None:
        inner = core_schema.with_default_schema(inner, default=schema["default"])
    return core_schema.typed_dict_field(inner, required=False)


def _not_null(schema: _Schema, known: _Known) -> CoreSchema:
    return _plain(schema["schema"], known)


def _tuple(schema: _Schema, known: _Known) -> CoreSchema:
    return _rid_of_name(schema, items_schema=[_plain(item, known) for item in schema["items_schema"]])


def _first_choice(schema: _Schema, known: _Known) -> CoreSchema:
    """Of a personal field: the text, and not what is sealed."""
    if schema.get("mode") != "left_to_right":
        raise NotPlain("which choice of a union fits best is for the models to say")
    return _plain(schema["choices"][0], known)


def _tagged(schema: _Schema, known: _Known) -> CoreSchema:
    return _rid_of_name(schema, choices={tag: _plain(choice, known) for tag, choice in schema["choices"].items()})


def _as_it_is(schema: _Schema, known: _Known) -> CoreSchema:
    del known
    if schema.get("serialization", {"type": "datetime"}) != {"type": "datetime"}:
        raise NotPlain("a value that is written otherwise than it is read")
    return _rid_of_name(schema)


_KINDS: Final[Mapping[str, Callable[[_Schema, _Known], CoreSchema]]] = {
    "definitions": _definitions,
    "definition-ref": _definition,
    "model": _model,
    "nullable": _not_null,
    "tuple": _tuple,
    "union": _first_choice,
    "tagged-union": _tagged,
    **dict.fromkeys(("str", "bool", "int", "enum", "literal", "date", "json-or-python"), _as_it_is),
}


def _rid_of_name(schema: _Schema, **changes: object) -> CoreSchema:
    """Without the name by which others refer to it: they have their own copy."""
    return {**{key: value for key, value in schema.items() if key != "ref"}, **changes}


def _demand_only(schema: _Schema, understood: set[str]) -> None:
    if further := schema.keys() - understood:
        raise NotPlain(f"nobody has thought about {', '.join(sorted(further))} of a schema of type {schema['type']}")
