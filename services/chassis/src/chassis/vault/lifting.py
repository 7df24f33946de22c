"""Taking the personal texts out of an event's data and putting their sealed form where they stood."""

import base64
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import msgspec
from contracts.personal import Sealed, personal_fields
from pydantic import BaseModel

from chassis.errors import PermanentFailure
from chassis.vault.binding import bound_to
from chassis.vault.keys import DataKey

# NUL has no place in a text of ours; where one stands all the same, the slower way in `put_sealed` is taken.
_MARK_AS_JSON = b"\\u0000"
_MARKS = [f"\x00{number}" for number in range(100)]
_MARKS_AS_JSON = [msgspec.json.encode(mark) for mark in _MARKS]


class AlreadySealed(PermanentFailure):
    """A personal text is sealed for another event; open it first, or leave it out."""


class Lifted(NamedTuple):
    """An event's data with marks in the places of its personal texts, and the texts with their dotted fields."""

    data: dict[str, object]
    texts: list[str]
    fields: list[str]
    places: list[tuple[dict[str, object], str]]


def plain_members(model: object) -> dict[str, object]:
    """The members of a contract model that are there. Raises TypeError for anything else."""
    if isinstance(model, BaseModel):
        return {name: value for name, value in model.__dict__.items() if value is not None}
    raise TypeError(f"a {type(model).__name__} has no place in an event")


ENCODER = msgspec.json.Encoder(enc_hook=plain_members)


def lift(data: BaseModel) -> Lifted:
    """Lift the personal texts of `data`. Raises AlreadySealed."""
    members = plain_members(data)
    texts: list[str] = []
    fields: list[str] = []
    places: list[tuple[dict[str, object], str]] = []
    for field, way, name in _ways(type(data)):
        node = _at(members, way) if way else members
        value = node.get(name)
        if isinstance(value, str):
            node[name] = _MARKS[len(texts)]
            texts.append(value)
            fields.append(field)
            places.append((node, name))
        elif isinstance(value, Sealed):
            raise AlreadySealed("a personal text is sealed already")
    return Lifted(members, texts, fields, places)


def put_sealed(
    lifted: Lifted, template: bytes, *, key: DataKey, place: tuple[str, str, str, str], nonces: Iterator[bytes]
) -> bytes:
    """The JSON of the data with each text sealed; `place` is source, event id, subject and recorded type."""
    _, _, subject, type_name = place
    binding = f'","subject":"{subject}","type":"{type_name}","field":"'.encode()
    pieces = [
        b'{"sealed":"'
        + base64.urlsafe_b64encode(key.seal(text.encode(), bound_to((*place, field)), nonce=next(nonces))).rstrip(b"=")
        + binding
        + field.encode()
        + b'"}'
        for field, text in zip(lifted.fields, lifted.texts, strict=True)
    ]
    if template.count(_MARK_AS_JSON) != len(pieces):
        return _encoded_again(lifted, pieces)
    for mark, piece in zip(_MARKS_AS_JSON, pieces, strict=False):
        template = template.replace(mark, piece, 1)
    return template


def _encoded_again(lifted: Lifted, pieces: list[bytes]) -> bytes:
    for (node, name), piece in zip(lifted.places, pieces, strict=True):
        node[name] = msgspec.Raw(piece)
    return ENCODER.encode(lifted.data)


def _at(data: dict[str, object], way: tuple[str, ...]) -> dict[str, object]:
    """The node at the end of the way, its models turned into dictionaries; empty where the way ends early."""
    node = data
    for name in way:
        child = node.get(name)
        if isinstance(child, BaseModel):
            child = node[name] = plain_members(child)
        if not isinstance(child, dict):
            return {}
        node = child
    return node


@cache
def _ways(model: type[BaseModel]) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    split = ((field, field.split(".")) for field in personal_fields(model))
    return tuple((field, tuple(parts[:-1]), parts[-1]) for field, parts in split)
