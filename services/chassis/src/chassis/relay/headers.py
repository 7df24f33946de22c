"""The Kafka headers of a relayed event: where it stands in the log and in its partition. ASCII, no personal data."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import msgspec

from chassis.errors import PermanentFailure

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class UnreadableHeaders(PermanentFailure):
    """A message lacks the relay's headers or holds other things in them: it was not sent by our relay."""


class RelayHeaders(msgspec.Struct, frozen=True, gc=False):
    """`pseq` is contiguous per partition, from 1; `epoch` grows with each relay that takes over the topic."""

    position: int
    epoch: int
    pseq: int
    recorded_at: datetime
    traceparent: str | None


def encode_headers(headers: RelayHeaders) -> list[tuple[str, bytes]]:
    """Write headers as Kafka carries them; `recorded_at` as microseconds since 1970."""
    encoded = [
        ("pos", b"%d" % headers.position),
        ("epoch", b"%d" % headers.epoch),
        ("pseq", b"%d" % headers.pseq),
        ("recorded_at", b"%d" % ((headers.recorded_at - _EPOCH) // _MICROSECOND)),
    ]
    if headers.traceparent is not None:
        encoded.append(("traceparent", headers.traceparent.encode()))
    return encoded


def decode_headers(headers: Iterable[tuple[str, bytes]]) -> RelayHeaders:
    """Read headers back; raises UnreadableHeaders."""
    found = dict(headers)
    try:
        traceparent = found.get("traceparent")
        return RelayHeaders(
            position=int(found["pos"]),
            epoch=int(found["epoch"]),
            pseq=int(found["pseq"]),
            recorded_at=_moment(found["recorded_at"]),
            traceparent=None if traceparent is None else traceparent.decode(),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise UnreadableHeaders("A message on an event topic has no readable relay headers.") from error


@lru_cache(maxsize=256)
def _moment(microseconds: bytes) -> datetime:
    """Remembered, since all events of one append were recorded at the same moment."""
    return _EPOCH + int(microseconds) * _MICROSECOND
