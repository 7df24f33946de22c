"""The fields that models declare, and which of them no row names a reader of."""

from collections.abc import Iterator, Mapping, Sequence
from inspect import get_annotations
from typing import TypeAlias, get_args

from pydantic import BaseModel
from support.reading import Row

Fields: TypeAlias = Mapping[str, set[str]]


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for below in _models_in((field.annotation, *field.metadata)):
            yield from _models(below)


def _models_in(annotations: Sequence[object]) -> Iterator[type[BaseModel]]:
    for one in annotations:
        if isinstance(one, type) and issubclass(one, BaseModel):
            yield one
        yield from _models_in(get_args(one))


def declared(models: Sequence[type[BaseModel]]) -> Fields:
    """Each field once, at the model that first declares it."""
    found: dict[str, set[str]] = {}
    for model in (below for one in models for below in _models(one)):
        for field in model.model_fields:
            owner = [base for base in model.__mro__ if field in get_annotations(base)][-1]
            found.setdefault(owner.__name__, set()).add(field)
    return found


def lacking_readers(fields: Fields, rows: Mapping[str, tuple[Row, ...]]) -> list[str]:
    """The fields, as `Model.field`, that no row is about."""
    named = {(model, field) for model, some in rows.items() for row in some for field in row.fields}
    return sorted(
        f"{model}.{field}"
        for model, its in fields.items()
        for field in its
        if (model, field) not in named and (model, "*") not in named
    )
