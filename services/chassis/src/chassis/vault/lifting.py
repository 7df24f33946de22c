"""Taking the personal texts out of an event's data and putting their sealed form where they stood.

Members that hold personal texts are left out of the JSON, which is written in one go, and come back sealed. One that
holds them deeper inside (an officer's name) is taken apart as a dictionary, which is slower and rare. Data comes as a
model or without one, from the gate, where models would cost too much; both are written alike.

    data      {"name": "Amira", "offence": "Burglary"}
    lift      texts {"name": "Amira"}    rest {"offence": "Burglary"}      the digest is over both
    seal      "Amira" with the key of victim/V, bound to (source, id, subject, type, field)
    put       {"name": {"sealed": "b64..."}, "offence": "Burglary"}

The key of V destroyed, the last line still is what the chain hashed, and says no name.
"""

from binascii import b2a_base64
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec
from contracts.personal import personal_fields, recognised_fields
from contracts.plain import Members, Plain
from pydantic import BaseModel

from chassis.errors import PermanentFailure
from chassis.vault.binding import end_of, front_of
from chassis.vault.keys import DataKey

Node = dict[str, object]

_OPENING = b'{"sealed":"'
_ENCODE, _DECODE = msgspec.json.Encoder().encode, msgspec.json.Decoder().decode


class AlreadySealed(PermanentFailure):
    """A personal text is sealed for another event; open it first, or leave it out."""


Place = tuple[str, str, str, str]
"""Where an event's texts are sealed for: source, event id, subject, and the type it is recorded under."""


class _Top(NamedTuple):
    """A personal text that is a member of the data itself, what its sealed form stands between, and whether that
    bears a digest of it."""

    before: bytes
    after: bytes
    bound: bytes
    recognised: bool


class _Plan(NamedTuple):
    texts: tuple[str, ...]
    top: tuple[_Top, ...]
    deeper: tuple[tuple[str, tuple[str, ...], str], ...]
    branches: tuple[str, ...]
    recognised: frozenset[str]
    left_out: set[str]


class Deeper(NamedTuple):
    """A text below the top: its dotted field, and the node and name where it stood."""

    field: str
    text: str
    node: Node
    name: str


class Lifted(msgspec.Struct, frozen=True, gc=False):
    """The JSON of the members without personal texts; the texts by member, None where there is none; those deeper
    inside; the members that held those, without them; and how many texts are personal."""

    rest: bytes
    texts: tuple[str | None, ...]
    plan: _Plan
    personal: int
    deeper: tuple[Deeper, ...] = ()
    branches: dict[str, Node] = {}


def lift(data: BaseModel | Plain) -> Lifted:
    """Lift the personal texts of `data`. Raises AlreadySealed."""
    if isinstance(data, Plain):
        return _lift_plain(data.members, _plan(data.model))
    return _lift_model(data, _plan(type(data)))


def _lift_plain(members: Members, plan: _Plan) -> Lifted:
    rest = members.copy()
    for name in plan.left_out:
        rest.pop(name, None)
    branches = {name: _DECODE(_ENCODE(members[name])) for name in plan.branches if name in members}
    return _lifted(_ENCODE(rest), members, branches, plan)


def _lift_model(data: BaseModel, plan: _Plan) -> Lifted:
    members = data.__dict__
    rest = data.__pydantic_serializer__.to_json(data, exclude=plan.left_out, exclude_none=True)
    branches = {
        name: member.model_dump(mode="json", exclude_none=True)
        for name in plan.branches
        if isinstance(member := members[name], BaseModel)
    }
    return _lifted(rest, members, branches, plan)


def _lifted(rest: bytes, members: Members, branches: dict[str, Node], plan: _Plan) -> Lifted:
    texts = tuple(map(members.get, plan.texts))
    personal = 0
    for text in texts:
        if isinstance(text, str):
            personal += 1
        elif text is not None:
            raise AlreadySealed("a personal text is sealed already")
    if not branches:
        return Lifted(rest, texts, plan, personal)
    deeper = tuple(_deeper(plan, branches))
    return Lifted(rest, texts, plan, personal + len(deeper), deeper, branches)


def put_sealed(
    parts: list[bytes], lifted: Lifted, *, key: DataKey | None, place: Place, nonces: Iterator[bytes]
) -> None:
    """Add the JSON of the data, with each text sealed, to the parts of a body."""
    parts.append(lifted.rest[:-1])
    first = len(parts)
    if key is not None:
        front, tail = front_of(place), _tail(place[2], place[3])
        for text, (before, after, bound, recognised) in zip(lifted.texts, lifted.plan.top, strict=True):
            if text is not None:
                said = text.encode()
                sealed = key.seal(said, front + bound, next(nonces))
                parts += (before, b2a_base64(sealed, newline=False), tail)
                parts += (_digest(key, said), after) if recognised else (after,)
        for one in lifted.deeper:
            said = one.text.encode()
            sealed = key.seal(said, front + end_of(one.field), next(nonces))
            digest = _digest(key, said) if one.field in lifted.plan.recognised else b""
            inside = (_OPENING, b2a_base64(sealed, newline=False), tail, digest, _closing(one.field))
            one.node[one.name] = msgspec.Raw(b"".join(inside))
    elif lifted.personal:
        raise PermanentFailure("there is no key for a personal text")
    for name, node in lifted.branches.items():
        parts += (f',"{name}":'.encode(), _ENCODE(node))
    parts.append(b"}")
    if lifted.rest == b"{}":
        parts[first] = parts[first].removeprefix(b",")


def _deeper(plan: _Plan, branches: dict[str, Node]) -> Iterator[Deeper]:
    """Take the texts below the top out of their branches."""
    for field, way, name in plan.deeper:
        node = _at(branches, way)
        text = node.get(name)
        if isinstance(text, str):
            node[name] = None
            yield Deeper(field, text, node, name)
        elif text is not None:
            raise AlreadySealed("a personal text is sealed already")


def _at(branches: dict[str, Node], way: tuple[str, ...]) -> Node:
    """The node at the end of the way; an empty one where the way ends early."""
    node: object = branches
    for name in way:
        node = node.get(name) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else {}


@cache
def _plan(model: type[BaseModel]) -> _Plan:
    fields = personal_fields(model)
    recognised = recognised_fields(model)
    split = [(field, field.split(".")) for field in fields]
    deeper = tuple((field, tuple(parts[:-1]), parts[-1]) for field, parts in split if len(parts) > 1)
    top = [field for field in fields if "." not in field]
    return _Plan(
        texts=tuple(top),
        top=tuple(
            _Top(f',"{name}":'.encode() + _OPENING, _closing(name), end_of(name), name in recognised) for name in top
        ),
        deeper=deeper,
        branches=tuple(dict.fromkeys(way[0] for _, way, _ in deeper)),
        recognised=recognised,
        left_out={parts[0] for _, parts in split},
    )


@lru_cache(20_000)
def _tail(subject: str, type_: str) -> bytes:
    """What follows the ciphertext in each sealed text of an event. Remembered, as the same victims come again."""
    return f'","subject":"{subject}","type":"{type_}'.encode()


def _digest(key: DataKey, text: bytes) -> bytes:
    return f'","digest":"{key.digest(text)}'.encode()


def _closing(field: str) -> bytes:
    """What ends the sealed form of a text."""
    return f'","field":"{field}"}}'.encode()
