"""A row of the log as PostgreSQL's binary COPY format has it: every value behind its length, big-endian.

Written once and used twice: the chain hashes what COPY sends, because lengths before values keep neighbours apart. What
does not depend on the place is written before the head is locked, and bodies, most of it all, are copied only into what
COPY sends. Format: PostgreSQL manual, COPY, "Binary Format".
"""

import struct
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
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


def content_front(event: Content) -> bytes:
    """The columns of CONTENT up to the body, which follows as it is. Raises UnstorableEvent for what PostgreSQL cannot
    hold."""
    key, traceparent, version = event.key, event.traceparent, event.version
    try:
        return b"".join(
            (
                _bigint(8, microseconds(event.occurred_at)),
                _text(event.id),
                _repeated_text(event.source),
                _repeated_text(event.type),
                _text(event.stream),
                _NULL if version is None else _bigint(8, version),
                _NULL if key is None else _text(key),
                _NULL if traceparent is None else _text(traceparent),
                bytes_value(event.digest),
                _length(len(event.body)),
            )
        )
    except UnicodeEncodeError as error:
        raise UnstorableEvent("The event has a lone surrogate in its text; send valid Unicode.") from error
    except struct.error as error:
        raise UnstorableEvent("The event has a version beyond 64 bits.") from error


def bytes_value(value: bytes | None) -> bytes:
    """One bytea."""
    return _NULL if value is None else _length(len(value)) + value


def place_values(position: int, recorded_us: int, partition: int | None, pseq: int | None) -> bytes:
    """The columns of PLACE; `recorded_us` as of `microseconds`, internal events have partition and pseq None."""
    if partition is None or pseq is None:
        return _internal(8, position, 8, recorded_us, -1, -1)
    return _relayed(8, position, 8, recorded_us, 2, partition, 8, pseq)


def row_parts(front: bytes, body: bytes, private: bytes | None, place: bytes, hash_: bytes) -> tuple[bytes, ...]:
    """One row, of what the functions above give, a body and a hash of 32 bytes."""
    return _ROW, front, body, bytes_value(private), place, _HASH, hash_


def copy_data(rows: Iterable[bytes]) -> memoryview:
    """What COPY reads, of the parts of rows. A view, because asyncpg takes bytes for the path of a file."""
    return memoryview(b"".join((_HEADER, *rows, _TRAILER)))


def microseconds(moment: datetime) -> int:
    """Microseconds since 2000, which is how PostgreSQL stores a time."""
    return (moment - _EPOCH) // _MICROSECOND


def _text(value: str) -> bytes:
    if "\0" in value:
        raise UnstorableEvent("The event has a NUL character in its text; leave it out.")
    encoded = value.encode()
    return _length(len(encoded)) + encoded


_repeated_text = lru_cache(maxsize=1_000)(_text)
