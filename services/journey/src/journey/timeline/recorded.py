"""What facts say as they were recorded: codes, dates and numbers, without a text of anybody's being opened."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from contracts.catalogue import EVENT_TYPES
from contracts.personal import personal_fields

from journey.facts.fact import EventKey, Fact
from journey.wording.content import Content


class _Event(msgspec.Struct):
    data: dict[str, Any] = {}


_events = msgspec.json.Decoder(_Event)


def recorded(facts: Iterable[Fact]) -> dict[EventKey, Content]:
    """The data of each fact without any personal field."""
    return {fact.key: Content(_Unread(fact)) for fact in facts}


class _Unread(Mapping[str, object]):
    """Data that is read when it is asked for: of most facts their type is all that anybody needs to know."""

    __slots__ = ("_data", "_fact")

    def __init__(self, fact: Fact) -> None:
        self._fact = fact
        self._data: dict[str, Any] | None = None

    def __getitem__(self, name: str) -> object:
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def _read(self) -> dict[str, Any]:
        if self._data is None:
            self._data = _impersonal(self._fact.type, _events.decode(self._fact.body).data)
        return self._data


def take(data: dict[str, Any], path: str) -> object:
    """Take the field at a dotted path out of the data: what it held, or None where it is not there."""
    holder, name = _at(data, path)
    return holder.pop(name, None)


def put(data: dict[str, Any], path: str, text: str) -> None:
    """Put a text where one was taken."""
    holder, name = _at(data, path)
    holder[name] = text


def _at(data: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    *within, name = path.split(".")
    for part in within:
        below = data.get(part)
        data = below if isinstance(below, dict) else {}
    return data, name


def _impersonal(event_type: str, data: dict[str, Any]) -> dict[str, Any]:
    for path in personal_fields(EVENT_TYPES[event_type].model):
        take(data, path)
    return data
