"""Reads one event from outside by its contract, without making models: see `contracts.plain`.

What this way does not accept is read again by the contracts' reader, whose findings are the answer; a test holds the
two to the same results.
"""

from datetime import UTC
from typing import Any, Final

import msgspec
from chassis.vault.attributes import Said, said
from contracts.catalogue import EVENT_TYPES
from contracts.envelope import Envelope
from contracts.events import parse_event
from contracts.plain import Members, Plain, plain_reader
from contracts.shape import Shape


class Incoming(msgspec.Struct, frozen=True, gc=False):
    """An event that fits its contract. `attributes` are those that were sent, `data` and the trace aside."""

    said: Said
    data: Plain
    attributes: Members

    @property
    def envelope(self) -> Envelope:
        """As a model, for what follows from an event, which is rare."""
        return Envelope.trusted(_ABSENT | self.attributes | {"traceparent": self.said.traceparent})


_read: Final = plain_reader()
_ABSENT: Final[dict[str, Any]] = dict.fromkeys(Envelope.model_fields)


def read_event(raw: bytes) -> Incoming:
    """One event as sent. Raises UnknownEventType and InvalidEvent, which do not repeat the input."""
    return read_quickly(raw) or _without_models(raw)


def read_quickly(raw: bytes) -> Incoming | None:
    """The event, or None where the contracts' reader has to say what is wrong with it."""
    try:
        attributes = _read(raw)
    except (ValueError, RecursionError):
        return None
    return _incoming(attributes, EVENT_TYPES[attributes["type"]].model, attributes.pop("data"))


def _without_models(raw: bytes) -> Incoming:
    envelope, data = parse_event(raw)
    return _incoming(envelope.model_dump(exclude_none=True), *Plain.of(data))


def _incoming(attributes: Members, model: type[Shape], data: Members) -> Incoming:
    trace = attributes.pop("traceparent", None)
    # In UTC by its contract, but by a zone of pydantic's own, with which each calculation takes three times as long.
    attributes["time"] = attributes["time"].replace(tzinfo=UTC)
    return Incoming(said(attributes, traceparent=trace), Plain(model, data), attributes)
