"""The hash chain over the log.

hash_n = SHA256(hash_{n-1} || place_n || content_n), where `content` covers what the submitter gave and `place` what the
log added (position, recorded_at, partition, pseq). `content` is computed before the head is locked, because it does not
depend on the place. Personal fields are ciphertext by then, so erasing a key leaves the chain whole.
"""

import hashlib
import struct
from datetime import UTC, datetime, timedelta
from typing import Protocol

from chassis.log.errors import UnstorableEvent
from chassis.log.records import LogRecord, NewEvent

GENESIS = bytes(32)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ABSENT = 0xFFFF_FFFF
_lengths = struct.Struct(">qq9I").pack
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
    """SHA-256 over every field the submitter gave, length-prefixed; `private` by its own SHA-256.

    Raises UnstorableEvent for text or times that PostgreSQL cannot hold, before they could disturb a batch.
    """
    return content_hash_of(event, None if event.private is None else _sha256(event.private).digest())


def content_hash_of(event: Content, private_sha256: bytes | None) -> bytes:
    """Return `content_hash` for a reader who was given only the SHA-256 of `private`."""
    key, trace = event.key, event.traceparent
    try:
        id_, source, type_, stream = (
            event.id.encode(),
            event.source.encode(),
            event.type.encode(),
            event.stream.encode(),
        )
        key_, trace_ = (key or "").encode(), (trace or "").encode()
    except UnicodeEncodeError as error:
        raise UnstorableEvent("The event has a lone surrogate in its text; send valid Unicode.") from error
    text = b"".join((id_, source, type_, stream, key_, trace_))
    if b"\0" in text:
        raise UnstorableEvent("The event has a NUL character in its text; leave it out.")
    lengths = _lengths(
        microseconds(event.occurred_at),
        event.version or 0,
        len(id_),
        len(source),
        len(type_),
        len(stream),
        _ABSENT if key is None else len(key_),
        _ABSENT if trace is None else len(trace_),
        len(event.digest),
        _ABSENT if private_sha256 is None else len(private_sha256),
        len(event.body),
    )
    return _sha256(b"".join((lengths, text, event.digest, private_sha256 or b"", event.body))).digest()


def link(
    previous: bytes, content: bytes, *, position: int, recorded_us: int, partition: int | None, pseq: int | None
) -> bytes:
    """Return hash_n; `recorded_us` is microseconds since 1970, internal events have partition and pseq None."""
    place = _place(position, recorded_us, -1 if partition is None else partition, pseq or 0)
    return _sha256(previous + place + content).digest()


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970, the resolution PostgreSQL stores."""
    return (moment - _EPOCH) // _MICROSECOND
