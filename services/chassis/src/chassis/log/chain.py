"""The hash chain over the log.

hash_n = SHA256(hash_{n-1} || place_n || content_n), where `content` covers what the submitter gave and `place` what the
log added (position, recorded_at, partition, pseq). `content` is the SHA-256 of two MessagePack arrays, in which every
value stands behind its kind and length; it is made before the head is locked, because it does not depend on the place.
Personal fields are ciphertext by then, so erasing a key leaves the chain whole.
"""

import hashlib
import struct
from datetime import UTC, datetime, timedelta
from typing import Protocol

import msgspec

from chassis.log.errors import UnstorableEvent
from chassis.log.records import LogRecord, NewEvent

GENESIS = bytes(32)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_pack = msgspec.msgpack.Encoder().encode
_place = struct.Struct(">qqhq").pack
_sha256 = hashlib.sha256


class Content(Protocol):
    """What a submitter gives, `private` aside."""

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def stream(self) -> str: ...
    @property
    def version(self) -> int | None: ...
    @property
    def key(self) -> str | None: ...
    @property
    def occurred_at(self) -> datetime: ...
    @property
    def body(self) -> bytes: ...
    @property
    def digest(self) -> bytes: ...
    @property
    def traceparent(self) -> str | None: ...


def content_hash(event: NewEvent | LogRecord) -> bytes:
    """SHA-256 over every field the submitter gave; `private` by its own SHA-256.

    Raises UnstorableEvent for text that PostgreSQL cannot hold, before it could disturb a batch.
    """
    return content_hash_of(event, None if event.private is None else _sha256(event.private).digest())


def content_hash_of(event: Content, private_sha256: bytes | None) -> bytes:
    """Return `content_hash` for a reader who was given only the SHA-256 of `private`."""
    texts = (event.id, event.source, event.type, event.stream, event.key, event.traceparent)
    try:
        packed = _pack(texts)
    except UnicodeEncodeError as error:
        raise UnstorableEvent("The event has a lone surrogate in its text; send valid Unicode.") from error
    # A NUL byte may also be half of a length.
    if b"\0" in packed and any("\0" in text for text in texts if text is not None):
        raise UnstorableEvent("The event has a NUL character in its text; leave it out.")
    values = (event.occurred_at, event.version, event.digest, private_sha256, event.body)
    return _sha256(packed + _pack(values)).digest()


def link(
    previous: bytes, content: bytes, *, position: int, recorded_us: int, partition: int | None, pseq: int | None
) -> bytes:
    """Return hash_n; `recorded_us` is microseconds since 1970, internal events have partition and pseq None."""
    place = _place(position, recorded_us, -1 if partition is None else partition, pseq or 0)
    return _sha256(previous + place + content).digest()


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970, the resolution PostgreSQL stores."""
    return (moment - _EPOCH) // _MICROSECOND
