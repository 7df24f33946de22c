"""Personal fields: plain text when they come in, sealed with the subject's key once recorded."""

from collections.abc import Iterator, Sequence
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
    digest: str | None = Field(default=None, pattern=r"^[0-9a-f]{32}$")
    """Equal for equal texts of one subject, keyed with their key; of texts that are recognised when said again."""

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
    """Marks a field that must be sealed before it reaches a log.

    `recognised`: readers without the key can see whether the same text was said of the same subject before.
    """

    recognised: bool = False

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "x-personal": True}


_Text = Annotated[
    str, StringConstraints(min_length=1, max_length=4000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+$")
]

PersonalText = Annotated[_Text | Sealed, Field(union_mode="left_to_right"), PersonalField()]
"""Text about a person. Readers get `Sealed` and open it through the vault."""

RecognisedText = Annotated[_Text | Sealed, Field(union_mode="left_to_right"), PersonalField(recognised=True)]
"""A `PersonalText` that is sealed with a digest, so that the same said again is no news."""


@cache
def personal_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """Dotted paths of the personal fields of `model`, sorted; a path through a union may be absent from one value.

    Raises TypeError for a personal field inside a tuple: its path would not be the same in every event.
    """
    return tuple(sorted({path for path, _ in _paths_of_model(model)}))


@cache
def recognised_fields(model: type[BaseModel]) -> frozenset[str]:
    """Those of the personal fields of `model` that are sealed with a digest."""
    return frozenset(path for path, mark in _paths_of_model(model) if mark.recognised)


def _paths_of_model(model: type[BaseModel]) -> Iterator[tuple[str, PersonalField]]:
    for name, field in model.model_fields.items():
        if mark := _mark_in(field.metadata):
            yield name, mark
            continue
        for path, mark in _paths_below(field.annotation):
            yield f"{name}{path}", mark


def _paths_below(annotation: object) -> Iterator[tuple[str, PersonalField]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from ((f".{path}", mark) for path, mark in _paths_of_model(annotation))
        return
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated and (mark := _mark_in(arguments[1:])):
        yield "", mark
        return
    below = [found for argument in arguments for found in _paths_below(argument)]
    if below and origin not in (Union, UnionType, Annotated):
        raise TypeError("a personal field may not stand inside a tuple: give it a field of its own")
    yield from below


def _mark_in(metadata: Sequence[object]) -> PersonalField | None:
    return next((mark for mark in metadata if isinstance(mark, PersonalField)), None)
