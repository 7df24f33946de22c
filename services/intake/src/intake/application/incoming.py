"""Reads one event from outside, quickly: the envelope by msgspec, the data by its contract from the sender's own bytes.

This way accepts less than the contracts' reader and never more. Whatever it does not accept is read again by that one,
whose findings are the answer; a test holds the two to the same results.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Final, Literal

import msgspec
from contracts.catalogue import EVENT_TYPES
from contracts.envelope import TRACEPARENT, WRITTEN_BY_INTAKE, Envelope
from contracts.events import Event, parse_event
from contracts.personal import FROM_OUTSIDE
from contracts.shape import OPAQUE, Shape
from msgspec.structs import asdict


def _whole(pattern: str) -> str:
    """The pattern for Python, whose `$` would let a line's end pass."""
    return pattern.removesuffix("$") + r"\Z"


_Opaque = Annotated[
    str, msgspec.Meta(min_length=OPAQUE.min_length, max_length=OPAQUE.max_length, pattern=_whole(str(OPAQUE.pattern)))
]
_Trace = Annotated[str, msgspec.Meta(pattern=_whole(TRACEPARENT))]
_Utc = Annotated[
    str, msgspec.Meta(pattern=r"^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z\Z")
]


class _Sent(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The envelope with what a publisher may set; `specversion` and `data` must be there."""

    specversion: Literal["1.0"]
    id: _Opaque
    source: _Opaque
    type: str
    time: _Utc
    data: msgspec.Raw
    subject: _Opaque | None = None
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: _Opaque | None = None
    traceparent: _Trace | None = None
    correlationid: _Opaque | None = None
    causationid: _Opaque | None = None
    backfill: bool = False


_decode: Final = msgspec.json.Decoder(_Sent).decode
_NOT_YET: Final[dict[str, None]] = dict.fromkeys(WRITTEN_BY_INTAKE)


def read_event(raw: bytes) -> Event:
    """One event as sent. Raises UnknownEventType and InvalidEvent, which do not repeat the input."""
    return read_quickly(raw) or parse_event(raw)


def read_quickly(raw: bytes) -> Event | None:
    """The event, or None where the contracts' reader has to say what is wrong with it."""
    try:
        sent = _decode(raw)
        data = _reader(sent.type)(bytes(sent.data), context=FROM_OUTSIDE)
        time = datetime.fromisoformat(sent.time)
    except (msgspec.DecodeError, ValueError, RecursionError, KeyError):
        return None
    members: dict[str, Any] = asdict(sent) | _NOT_YET
    del members["data"]
    members["time"] = time
    return Event(Envelope.trusted(members), data)


@cache
def _reader(type_: str) -> Callable[..., Shape]:
    """Validates JSON of a type's data. Raises KeyError, and keeps nothing, for a type that there is not."""
    return EVENT_TYPES[type_].model.__pydantic_validator__.validate_json
