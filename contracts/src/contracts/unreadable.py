"""JSON that is read strictly: no member twice, no half of a character, and otherwise the true reason and its place."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final, NoReturn

import jiter

from contracts.errors import EVENT, MOST_PROBLEMS, InvalidEvent, Problem
from contracts.shape import Shape

_MARK: Final = b"\xef\xbb\xbf"
_DEEP: Final = "Nests too deeply: no event needs more than a few levels"
_HALF: Final = "Half of a character (a lone surrogate): text is whole Unicode characters in UTF-8"
_BYTES: Final = "Not UTF-8"


class Unreadable(InvalidEvent):
    """Not the JSON that anything could be read from."""


def strictly(raw: bytes) -> object:
    """Parsed JSON. Raises ValueError, whose text may repeat the input, for what `parse_strictly` refuses."""
    return jiter.from_json(raw, allow_inf_nan=False, catch_duplicate_keys=True)


def parse_strictly(raw: bytes, *, below: str) -> object:
    """Parsed JSON. Raises Unreadable with places under `below`, made of the contracts' own names."""
    try:
        return strictly(raw)
    except ValueError as error:
        reasons = [Problem(below, _DEEP)] if "recursion" in str(error) else list(_reasons(raw, below))
    raise Unreadable(reasons[:MOST_PROBLEMS] or [Problem(below, "Not JSON")])


def _reasons(raw: bytes, below: str) -> Iterator[Problem]:
    if raw.startswith(_MARK):
        yield Problem(below, "Begins with a byte order mark (EF BB BF): send the JSON without it")
        return
    try:
        # A byte that is no UTF-8 becomes half of a character, and so has a place as well.
        parsed = json.loads(raw.decode(errors="surrogateescape"), object_pairs_hook=_Members, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        yield Problem(below, f"Not JSON from line {error.lineno}, column {error.colno} on")
    except RecursionError:
        yield Problem(below, _DEEP)
    except ValueError:
        yield Problem(below, "Holds a number that JSON does not have")
    else:
        yield from _faults(parsed, below)


class _Members(list[tuple[str, Any]]):
    """An object's members as they stand there."""


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _faults(value: object, place: str) -> Iterator[Problem]:
    if isinstance(value, _Members):
        yield from _faults_of_members(value, place)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _faults(item, f"{place}.{index}")
    elif isinstance(value, str) and (half := _half(value)):
        yield Problem(place, half)


def _faults_of_members(members: _Members, place: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for name, value in members:
        below = _below(place, name)
        if name in seen:
            yield Problem(below, "This member is there twice")
        if half := _half(name):
            yield Problem(place, half)
        seen.add(name)
        yield from _faults(value, below)


def _half(text: str) -> str | None:
    halves = [character for character in text if "\ud800" <= character <= "\udfff"]
    if not halves:
        return None
    return _BYTES if all("\udc80" <= character <= "\udcff" for character in halves) else _HALF


def _below(place: str, name: str) -> str:
    """A name that no contract has was made up by the sender, and is not repeated."""
    if name not in _names():
        return place
    return name if place == EVENT else f"{place}.{name}"


@cache
def _names() -> frozenset[str]:
    return frozenset({"data", "data_base64", *_fields(Shape.__subclasses__())})


def _fields(models: Sequence[type[Shape]]) -> Iterator[str]:
    for model in models:
        yield from model.model_fields
        yield from _fields(model.__subclasses__())
