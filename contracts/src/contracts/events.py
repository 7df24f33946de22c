"""Whole events on the wire: read one from outside, read one that was recorded, write one."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic_core import to_json

from contracts.catalogue import event_type, parse_object, validated
from contracts.envelope import WRITTEN_BY_INTAKE, Envelope
from contracts.errors import EVENT, InvalidEvent, Problem
from contracts.personal import FROM_OUTSIDE
from contracts.sent import contract_form
from contracts.shape import Shape
from contracts.unreadable import parse_strictly


class Event(NamedTuple):
    """An event that fits its contract."""

    envelope: Envelope
    data: Shape


def parse_event(raw: bytes | Mapping[str, object]) -> Event:
    """An event that a publisher sent, as JSON or parsed JSON: nothing in it is sealed or resolved yet.

    Raises UnknownEventType and InvalidEvent (Unreadable where it is no JSON); neither repeats the input.
    """
    attributes = contract_form(parse_strictly(raw, below=EVENT) if isinstance(raw, bytes) else raw)
    if claimed := [name for name in WRITTEN_BY_INTAKE if attributes.get(name) is not None]:
        raise InvalidEvent(Problem(name, "Only intake writes this attribute: leave it out") for name in claimed)
    return _parse(attributes, FROM_OUTSIDE)


def parse_recorded(raw: bytes | Mapping[str, object]) -> Event:
    """An event from a log or a topic, in the shape it was recorded. Raises UnknownEventType and InvalidEvent."""
    return _parse(parse_object(raw) if isinstance(raw, bytes) else dict(raw), None)


def write_event(envelope: Envelope, data: Shape) -> bytes:
    """The CloudEvent as JSON. What is absent is left out, and times are in UTC."""
    attributes = to_json(envelope, exclude_none=True)
    return b'%b,"data":%b}' % (attributes.removesuffix(b"}"), to_json(data, exclude_none=True))


def _parse(attributes: dict[str, Any], context: str | None) -> Event:
    name = attributes.get("type")
    if not isinstance(name, str):
        raise InvalidEvent([Problem("type", "Field required, as text")])
    kind = event_type(name)
    if missing := [name for name in ("specversion", "data") if name not in attributes]:
        raise InvalidEvent(Problem(name, "Field required") for name in missing)
    data = validated(kind.model, attributes.pop("data"), context=context)
    envelope = validated(Envelope, attributes, below="")
    return Event(envelope, data)
