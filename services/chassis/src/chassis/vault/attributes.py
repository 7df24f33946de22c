"""An event's attributes as JSON: what was said apart from what was added to it.

A retry of a publisher's repeats what it said, which is therefore digested; what intake resolves and judges, and the
trace, may differ from try to try.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

import msgspec
from contracts.envelope import WRITTEN_BY_INTAKE, Envelope

_SAID: Final = [name for name in Envelope.model_fields if name not in (*WRITTEN_BY_INTAKE, "traceparent")]
_ENCODE = msgspec.json.Encoder().encode


class Said(msgspec.Struct, frozen=True, gc=False):
    """What a publisher said about an event, data and trace aside, is `text`: a JSON object without its last brace."""

    id: str
    source: str
    type: str
    time: datetime
    traceparent: str | None
    text: bytes

    def envelope(self) -> Envelope:
        """As a model, for what follows from an event, which is rare: `said_of` the other way round."""
        return Envelope.model_validate_json(self.text + b"}").model_copy(update={"traceparent": self.traceparent})


class Added(NamedTuple):
    """What is added to what was said: WRITTEN_BY_INTAKE, in its order."""

    caseid: str | None
    victimid: str | None
    doubt: str | None
    crimeids: str | None = None


def said(attributes: Mapping[str, Any], *, traceparent: str | None) -> Said:
    """Of an envelope's attributes that are there, in its order, without those of WRITTEN_BY_INTAKE and the trace."""
    return Said(
        attributes["id"],
        attributes["source"],
        attributes["type"],
        attributes["time"],
        traceparent,
        _ENCODE(attributes)[:-1],
    )


def said_of(envelope: Envelope) -> Said:
    """What an envelope says."""
    members = envelope.__dict__
    there = {name: value for name in _SAID if (value := members[name]) is not None}
    return said(there, traceparent=envelope.traceparent)


def added_of(envelope: Envelope) -> Added:
    """What an envelope holds besides."""
    return Added(envelope.caseid, envelope.victimid, envelope.doubt, envelope.crimeids)


@lru_cache(20_000)
def added_text(added: Added) -> bytes:
    """The continuation of `Said.text`: `,"caseid":...`, empty where there is nothing.

    Remembered, because the same cases and victims come again and again.
    """
    return b"".join(_member(name, value) for name, value in added._asdict().items() if value is not None)


@lru_cache(1_000)
def trace_text(trace: str | None) -> bytes:
    """Its continuation: the traceparent, which the events of a request share."""
    return _member("traceparent", trace) if trace is not None else b""


def _member(name: str, value: str) -> bytes:
    return b',"%b":%b' % (name.encode(), _ENCODE(value))
