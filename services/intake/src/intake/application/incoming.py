"""Reads one event from outside, quickly: the data is validated from the sender's own bytes.

Whatever this way does not accept is read again by the contracts' reader, whose findings are the answer; a test holds
the two to the same results.
"""

from datetime import datetime

import msgspec
from contracts.catalogue import EVENT_TYPES
from contracts.envelope import Envelope
from contracts.events import Event, parse_event
from contracts.personal import FROM_OUTSIDE
from msgspec.structs import asdict
from pydantic import ValidationError


class _Sent(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    specversion: str
    id: str
    source: str
    type: str
    time: datetime
    data: msgspec.Raw
    subject: str | None = None
    datacontenttype: str = "application/json"
    dataschema: str | None = None
    traceparent: str | None = None
    correlationid: str | None = None
    causationid: str | None = None
    backfill: bool = False


_DECODER = msgspec.json.Decoder(_Sent)


def read_event(raw: bytes) -> Event:
    """One event as sent. Raises UnknownEventType and InvalidEvent, which do not repeat the input."""
    return read_quickly(raw) or parse_event(raw)


def read_quickly(raw: bytes) -> Event | None:
    """The event, or None where the contracts' reader has to say what is wrong with it."""
    try:
        sent = _DECODER.decode(raw)
        data = EVENT_TYPES[sent.type].model.model_validate_json(bytes(sent.data), context=FROM_OUTSIDE)
        attributes = asdict(sent)
        del attributes["data"]
        envelope = Envelope.model_validate(attributes)
    except (msgspec.DecodeError, UnicodeDecodeError, ValidationError, KeyError):
        return None
    return Event(envelope, data)
