"""What a consumer reads: a record as it came from the topic or the owner's log, and the event in it."""

from collections.abc import Container
from datetime import datetime

import msgspec
from contracts.catalogue import parse_data
from contracts.errors import ContractError
from pydantic import BaseModel

from chassis.errors import PermanentFailure


class UnreadableEvent(PermanentFailure):
    """The body does not say what its type promises; parked until a release can read it."""


class UnknownType(PermanentFailure):
    """A type that this release does not know: parked, so that a later release can apply it."""


class EventHeader(msgspec.Struct, frozen=True, gc=False):
    """The CloudEvent's attributes as on the wire; `data` is a part of the body, unread until somebody asks for it."""

    id: str
    source: str
    type: str
    time: datetime
    caseid: str | None = None
    crimeids: str | None = None
    victimid: str | None = None
    correlationid: str | None = None
    causationid: str | None = None
    backfill: bool = False
    doubt: str | None = None
    data: msgspec.Raw = msgspec.Raw()


class Arrival(msgspec.Struct, frozen=True, gc=False):
    """One record, not yet looked into. `next_offset` is where Kafka goes on after it (None when refilled)."""

    topic: str
    partition: int
    pseq: int
    position: int
    key: str
    recorded_at: datetime
    traceparent: str | None
    body: bytes
    next_offset: int | None = None


class ConsumedEvent(msgspec.Struct, frozen=True, gc=False):
    """One event of a topic. `body` is the public CloudEvent, byte for byte as its owner recorded it."""

    topic: str
    partition: int
    pseq: int
    position: int
    key: str
    recorded_at: datetime
    traceparent: str | None
    body: bytes
    header: EventHeader

    def data(self) -> BaseModel:
        """The typed payload. Raises PermanentFailure (so the event is parked) when it does not fit its type."""
        try:
            return parse_data(self.header.type, bytes(self.header.data))
        except ContractError as error:
            raise UnreadableEvent(f"data of {self.header.type}: {error}") from None
        except ValueError as error:
            raise UnreadableEvent(f"data of {self.header.type} is no JSON object ({type(error).__name__})") from None


def read(arrival: Arrival, *, known: Container[str]) -> ConsumedEvent:
    """Look into a record. Raises UnreadableEvent when it holds no CloudEvent, UnknownType when none of ours."""
    try:
        header = _header.decode(arrival.body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UnreadableEvent(f"the body is no CloudEvent ({type(error).__name__})") from None
    if header.type not in known:
        raise UnknownType("no release of this consumer knows the type yet; deploy one that does")
    return ConsumedEvent(
        arrival.topic,
        arrival.partition,
        arrival.pseq,
        arrival.position,
        arrival.key,
        arrival.recorded_at,
        arrival.traceparent,
        arrival.body,
        header,
    )


_header = msgspec.json.Decoder(EventHeader)
