"""Taking the personal texts out of an event's data and putting their sealed form where they stood.

Members that hold personal texts are left out of the JSON, which pydantic's core writes in one go, and come back sealed.
One that holds them deeper inside (an officer's name) is taken apart as a dictionary, which is slower and rare.
"""

import binascii
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import msgspec
from contracts.personal import personal_fields
from pydantic import BaseModel

from chassis.errors import PermanentFailure
from chassis.vault.binding import end_of, front_of
from chassis.vault.keys import DataKey

Node = dict[str, object]

_OPENING = b'{"sealed":"'
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class AlreadySealed(PermanentFailure):
    """A personal text is sealed for another event; open it first, or leave it out."""


class Place(NamedTuple):
    """Where an event's texts are sealed for; `type` is the one it is recorded under."""

    source: str
    event_id: str
    subject: str
    type: str


class Lifted(NamedTuple):
    """The JSON of the members without personal texts; the texts with their dotted fields and, for a text deeper inside,
    the node and name where it stood; and the members that hold such texts, without them."""

    rest: bytes
    texts: list[str]
    fields: list[str]
    places: list[tuple[Node, str] | None]
    branches: dict[str, Node]


class _Plan(NamedTuple):
    top: tuple[str, ...]
    deeper: tuple[tuple[str, tuple[str, ...], str], ...]
    branches: tuple[str, ...]
    left_out: set[str]


def lift(data: BaseModel) -> Lifted:
    """Lift the personal texts of `data`. Raises AlreadySealed."""
    plan = _plan(type(data))
    members = data.__dict__
    lifted = Lifted(
        data.__pydantic_serializer__.to_json(data, exclude=plan.left_out, exclude_none=True), [], [], [], {}
    )
    for field in plan.top:
        _take(lifted, field, members[field], None)
    for name in plan.branches:
        member = members[name]
        if isinstance(member, BaseModel):
            lifted.branches[name] = member.model_dump(mode="json", exclude_none=True)
    for field, way, name in plan.deeper:
        node = _at(lifted.branches, way)
        if _take(lifted, field, node.get(name), (node, name)):
            node[name] = None
    return lifted


def put_sealed(lifted: Lifted, *, key: DataKey | None, place: Place, nonces: Iterator[bytes]) -> bytes:
    """The JSON of the data with each text sealed."""
    if not lifted.texts and not lifted.branches:
        return lifted.rest
    members: list[bytes] = []
    front, tail = front_of(place), f'","subject":"{place.subject}","type":"{place.type}'.encode()
    for field, text, stood in zip(lifted.fields, lifted.texts, lifted.places, strict=True):
        before, after = _around(field)
        sealed = _sealed(text, key, front + end_of(field), next(nonces))
        if stood is None:
            members.append(before + sealed + tail + after)
        else:
            stood[0][stood[1]] = msgspec.Raw(_OPENING + sealed + tail + after)
    for name, node in lifted.branches.items():
        members.append(b'"%b":%b' % (name.encode(), msgspec.json.encode(node)))
    return with_members(lifted.rest, members)


def with_members(rest: bytes, members: list[bytes]) -> bytes:
    """A JSON object with more members at its end."""
    if not members:
        return rest
    start = b"{" if rest == b"{}" else rest[:-1] + b","
    return start + b",".join(members) + b"}"


def _sealed(text: str, key: DataKey | None, aad: bytes, nonce: bytes) -> bytes:
    if key is None:
        raise PermanentFailure("there is no key for a personal text")
    sealed = key.seal(text.encode(), aad, nonce=nonce)
    return binascii.b2a_base64(sealed, newline=False).translate(_URL_SAFE, b"=")


@cache
def _around(field: str) -> tuple[bytes, bytes]:
    """What stands before the sealed text of a member, and what ends it."""
    return f'"{field}":'.encode() + _OPENING, f'","field":"{field}"}}'.encode()


def _take(lifted: Lifted, field: str, value: object, place: tuple[Node, str] | None) -> bool:
    if value is None:
        return False
    if not isinstance(value, str):
        raise AlreadySealed("a personal text is sealed already")
    lifted.texts.append(value)
    lifted.fields.append(field)
    lifted.places.append(place)
    return True


def _at(branches: dict[str, Node], way: tuple[str, ...]) -> Node:
    """The node at the end of the way; an empty one where the way ends early."""
    node: object = branches
    for name in way:
        node = node.get(name) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else {}


@cache
def _plan(model: type[BaseModel]) -> _Plan:
    fields = personal_fields(model)
    split = [(field, field.split(".")) for field in fields]
    deeper = tuple((field, tuple(parts[:-1]), parts[-1]) for field, parts in split if len(parts) > 1)
    return _Plan(
        top=tuple(field for field in fields if "." not in field),
        deeper=deeper,
        branches=tuple(dict.fromkeys(way[0] for _, way, _ in deeper)),
        left_out={parts[0] for _, parts in split},
    )
