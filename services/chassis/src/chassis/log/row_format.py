"""A row of the log as PostgreSQL's binary COPY format has it: every value behind its length, big-endian.

Written once and used twice: the chain hashes what COPY sends, because lengths before values keep neighbours apart. What
does not depend on the place is written before the head is locked. Format: PostgreSQL manual, COPY, "Binary Format".
"""

import struct
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from chassis.log.errors import UnstorableEvent

CONTENT = ("occurred_at", "id", "source", "type", "stream", "version", "key", "traceparent", "digest", "body")
PLACE = ("position", "recorded_at", "partition", "pseq")
COLUMNS = (*CONTENT, "private", *PLACE, "hash")

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NULL = b"\xff\xff\xff\xff"
_length = struct.Struct(">i").pack
_bigint = struct.Struct(">iq").pack
_internal = struct.Struct(">iqiqii").pack
_relayed = struct.Struct(">iqiqihiq").pack
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_ROW = struct.pack(">h", len(COLUMNS))
_HASH = _length(32)


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


def content_values(event: Content) -> bytes:
    """The columns of CONTENT. Raises UnstorableEvent for what PostgreSQL cannot hold."""
    try:
        id_, source, type_, stream = (
            event.id.encode(),
            event.source.encode(),
            event.type.encode(),
            event.stream.encode(),
        )
        key, traceparent, version = _text(event.key), _text(event.traceparent), _integer(event.version)
    except UnicodeEncodeError as error:
        raise UnstorableEvent("The event has a lone surrogate in its text; send valid Unicode.") from error
    except struct.error as error:
        raise UnstorableEvent("The event has a version beyond 64 bits.") from error
    if b"\0" in id_ + source + type_ + stream or "\0" in f"{event.key}{event.traceparent}":
        raise UnstorableEvent("The event has a NUL character in its text; leave it out.")
    return b"".join(
        (
            _bigint(8, microseconds(event.occurred_at)),
            _length(len(id_)) + id_,
            _length(len(source)) + source,
            _length(len(type_)) + type_,
            _length(len(stream)) + stream,
            version,
            key,
            traceparent,
            _length(len(event.digest)) + event.digest,
            _length(len(event.body)),
            event.body,
        )
    )


def bytes_value(value: bytes | None) -> bytes:
    """One bytea."""
    return _NULL if value is None else _length(len(value)) + value


def place_values(position: int, recorded_us: int, partition: int | None, pseq: int | None) -> bytes:
    """The columns of PLACE; `recorded_us` as of `microseconds`, internal events have partition and pseq None."""
    if partition is None or pseq is None:
        return _internal(8, position, 8, recorded_us, -1, -1)
    return _relayed(8, position, 8, recorded_us, 2, partition, 8, pseq)


def row_values(content: bytes, private: bytes | None, place: bytes, hash_: bytes) -> bytes:
    """One row, of what the functions above give and a hash of 32 bytes."""
    return b"".join((_ROW, content, bytes_value(private), place, _HASH, hash_))


def copy_data(rows: Iterable[bytes]) -> memoryview:
    """What COPY reads. A view, because asyncpg takes bytes for the path of a file."""
    return memoryview(b"".join((_HEADER, *rows, _TRAILER)))


def microseconds(moment: datetime) -> int:
    """Microseconds since 2000, which is how PostgreSQL stores a time."""
    return (moment - _EPOCH) // _MICROSECOND


def _integer(value: int | None) -> bytes:
    return _NULL if value is None else _bigint(8, value)


def _text(value: str | None) -> bytes:
    return _NULL if value is None else bytes_value(value.encode())
