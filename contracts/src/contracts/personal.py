"""Personal fields: plain text when they come in, sealed with the subject's key once recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Final, Union, get_args, get_origin

from pydantic import (
    BaseModel,
    Field,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from contracts.shape import Shape

FROM_OUTSIDE: Final = "from outside"
"""Validation context of events that have not been recorded: nothing in them may claim to be sealed."""


class Sealed(Shape):
    """A personal field as recorded: AES-GCM ciphertext and what it is bound to, apart from source and event id."""

    sealed: str = Field(pattern=r"^[A-Za-z0-9+/]+=*$", max_length=40_000)
    """base64 (RFC 4648, section 4, as CloudEvents has binary data) of nonce and ciphertext."""
    subject: str = Field(pattern=r"^(victim|case|document)/[0-9a-f-]{36}$")
    """Whose key opens it."""
    type: str = Field(pattern=r"^[a-z-]+\.[a-z-]+\.v[1-9][0-9]*$")
    """The type under which it was recorded; upcasting does not change it."""
    field: str = Field(pattern=r"^[a-z_]+(\.[a-z_]+)*$")
    """The dotted path under which it was recorded."""

    @model_validator(mode="wrap")
    @classmethod
    def _refuse_from_outside(
        cls, value: object, handler: ModelWrapValidatorHandler["Sealed"], info: ValidationInfo
    ) -> "Sealed":
        if info.context == FROM_OUTSIDE:
            raise PydanticCustomError("text_expected", "Input should be text")
        return handler(value)


@dataclass(frozen=True)
class PersonalField:
    """Marks a field that must be sealed before it reaches a log."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "x-personal": True}


_Text = Annotated[
    str, StringConstraints(min_length=1, max_length=4000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+$")
]

PersonalText = Annotated[_Text | Sealed, Field(union_mode="left_to_right"), PersonalField()]
"""Text about a person. Readers get `Sealed` and open it through the vault."""


@cache
def personal_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """Dotted paths of the personal fields of `model`, sorted; a path through a union may be absent from one value.

    Raises TypeError for a personal field inside a tuple: its path would not be the same in every event.
    """
    return tuple(sorted(set(_paths_of_model(model))))


def _paths_of_model(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if _is_marked(field.metadata):
            yield name
            continue
        for path in _paths_below(field.annotation):
            yield f"{name}{path}"


def _paths_below(annotation: object) -> Iterator[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from (f".{path}" for path in _paths_of_model(annotation))
        return
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated and _is_marked(arguments[1:]):
        yield ""
        return
    below = [path for argument in arguments for path in _paths_below(argument)]
    if below and origin not in (Union, UnionType, Annotated):
        raise TypeError("a personal field may not stand inside a tuple: give it a field of its own")
    yield from below


def _is_marked(metadata: object) -> bool:
    return isinstance(metadata, list | tuple) and any(isinstance(mark, PersonalField) for mark in metadata)
