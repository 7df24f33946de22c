"""Taking the personal texts out of an event's data and putting their sealed form where they stood."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import msgspec
from contracts.personal import Sealed, personal_fields
from pydantic import BaseModel

from chassis.errors import PermanentFailure
from chassis.vault.binding import bound_to
from chassis.vault.keys import DataKey

# NUL has no place in a text of ours; where one stands all the same, the slower way in `put_sealed` is taken.
_MARK = "\x00"
_MARK_AS_JSON = b"\\u0000"


class AlreadySealed(PermanentFailure):
    """A personal text is sealed for another event; open it first, or leave it out."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """An event's data with marks in the places of its personal texts, and the texts with their dotted fields."""

    data: dict[str, object]
    texts: list[str]
    fields: list[str]
    places: list[tuple[dict[str, object], str]]


def plain_members(model: object) -> dict[str, object]:
    """The members of a contract model that are there. Raises TypeError for anything else."""
    if not isinstance(model, BaseModel):
        raise TypeError(f"a {type(model).__name__} has no place in an event")
    return {name: value for name, value in model.__dict__.items() if value is not None}


ENCODER = msgspec.json.Encoder(enc_hook=plain_members)


def lift(data: BaseModel) -> Lifted:
    """Lift the personal texts of `data`. Raises AlreadySealed."""
    lifted = Lifted(plain_members(data), [], [], [])
    for field, way, name in _ways(type(data)):
        node = _at(lifted.data, way)
        value = None if node is None else node.get(name)
        if isinstance(value, Sealed):
            raise AlreadySealed("a personal text is sealed already")
        if node is not None and isinstance(value, str):
            node[name] = f"{_MARK}{len(lifted.texts)}"
            lifted.texts.append(value)
            lifted.fields.append(field)
            lifted.places.append((node, name))
    return lifted


def put_sealed(
    lifted: Lifted, template: bytes, *, key: DataKey, place: tuple[str, str, str, str], nonces: Iterator[bytes]
) -> bytes:
    """The JSON of the data with each text sealed; `place` is source, event id, subject and recorded type."""
    bound = bound_to(place)
    tail = b'","subject":"%b","type":"%b","field":"' % (place[2].encode(), place[3].encode())
    pieces: list[bytes] = []
    for field, text in zip(lifted.fields, lifted.texts, strict=True):
        sealed = key.seal(text.encode(), bound + _bound_field(field), nonce=next(nonces))
        pieces.append(b'{"sealed":"%b%b%b"}' % (base64.urlsafe_b64encode(sealed).rstrip(b"="), tail, field.encode()))
    if template.count(_MARK_AS_JSON) != len(pieces):
        return _encoded_again(lifted, pieces)
    for number, piece in enumerate(pieces):
        template = template.replace(b'"%b%d"' % (_MARK_AS_JSON, number), piece, 1)
    return template


def _encoded_again(lifted: Lifted, pieces: list[bytes]) -> bytes:
    for (node, name), piece in zip(lifted.places, pieces, strict=True):
        node[name] = msgspec.Raw(piece)
    return ENCODER.encode(lifted.data)


def _at(data: dict[str, object], way: tuple[str, ...]) -> dict[str, object] | None:
    """The node at the end of the way, its models turned into dictionaries on the way; None where the way ends early."""
    node = data
    for name in way:
        child = node.get(name)
        if isinstance(child, BaseModel):
            child = node[name] = plain_members(child)
        if not isinstance(child, dict):
            return None
        node = child
    return node


@cache
def _ways(model: type[BaseModel]) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    split = ((field, field.split(".")) for field in personal_fields(model))
    return tuple((field, tuple(parts[:-1]), parts[-1]) for field, parts in split)


@cache
def _bound_field(field: str) -> bytes:
    return bound_to([field])
