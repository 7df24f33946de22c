"""Reads one event from outside, quickly: envelope and data in one pass over the sender's own bytes.

Whatever this way does not accept is read again by the contracts' reader, whose findings are the answer; a test holds
the two to the same results.
"""

from collections.abc import Callable
from datetime import UTC
from functools import cache
from operator import itemgetter
from typing import Literal

import msgspec
from contracts.catalogue import EVENT_TYPES
from contracts.envelope import WRITTEN_BY_INTAKE, Envelope
from contracts.events import Event, parse_event
from contracts.personal import FROM_OUTSIDE
from contracts.shape import Shape
from pydantic import ValidationError, create_model


class _Typed(msgspec.Struct):
    type: str


_DECODER = msgspec.json.Decoder(_Typed)
_NOTHING = (None,) * len(WRITTEN_BY_INTAKE)
_written_by_intake = itemgetter(*WRITTEN_BY_INTAKE)


class _Sent(Envelope):
    """An envelope in which a sender says what kind of CloudEvent it is; below it, one model per type adds the data."""

    specversion: Literal["1.0"]


def read_event(raw: bytes) -> Event:
    """One event as sent. Raises UnknownEventType and InvalidEvent, which do not repeat the input."""
    return read_quickly(raw) or parse_event(raw)


def read_quickly(raw: bytes) -> Event | None:
    """The event, or None where the contracts' reader has to say what is wrong with it."""
    try:
        sent = _reader(_DECODER.decode(raw).type)(raw, context=FROM_OUTSIDE).__dict__
    except (msgspec.DecodeError, UnicodeDecodeError, ValidationError, KeyError):
        return None
    if _written_by_intake(sent) != _NOTHING:
        return None
    data: Shape = sent.pop("data")
    # pydantic's zone is a new object for each event, which makes every comparison and subtraction slow
    sent["time"] = sent["time"].astimezone(UTC)
    return Event(Envelope.trusted(sent), data)


@cache
def _reader(type_: str) -> Callable[..., Envelope]:
    """Validates JSON of a type. Raises KeyError, and keeps nothing, for a type that there is not."""
    return create_model("_Sent", __base__=_Sent, data=EVENT_TYPES[type_].model).__pydantic_validator__.validate_json
