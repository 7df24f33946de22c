"""Reading the log by position: gapless, in commit order, so that "last position seen" is enough to resume."""

from collections.abc import Sequence
from typing import Any

from chassis.database import Connection
from chassis.log.records import LogRecord

_SELECT = f"SELECT {', '.join(LogRecord.__struct_fields__)} FROM log"


async def read_after(
    connection: Connection, position: int, *, limit: int, upto_bytes: int | None = None
) -> list[LogRecord]:
    """Return at most `limit` records after `position`, and no more than `upto_bytes` of bodies (but at least one)."""
    rows = await connection.fetch(f"{_SELECT} WHERE position > $1 ORDER BY position LIMIT $2", position, limit)
    return _within(rows, upto_bytes)


async def read_partition(
    connection: Connection, partition: int, *, after: int, limit: int, upto_bytes: int | None = None
) -> list[LogRecord]:
    """Return at most `limit` records relayed to one Kafka partition, after the position `after`."""
    rows = await connection.fetch(
        f"{_SELECT} WHERE position > $2 AND partition = $1 ORDER BY position LIMIT $3", partition, after, limit
    )
    return _within(rows, upto_bytes)


async def read_numbered(
    connection: Connection, partition: int, *, after_pseq: int, limit: int, upto_bytes: int | None = None
) -> list[LogRecord]:
    """Return at most `limit` records of one Kafka partition after a sequence number of it, by an index of its own."""
    rows = await connection.fetch(
        f"{_SELECT} WHERE partition = $1 AND pseq > $2 ORDER BY pseq LIMIT $3", partition, after_pseq, limit
    )
    return _within(rows, upto_bytes)


async def body_digest(connection: Connection, partition: int, *, pseq: int) -> bytes | None:
    """Return the SHA-256 of the body that stands under a sequence number, or None."""
    digest: bytes | None = await connection.fetchval(
        "SELECT sha256(body) FROM log WHERE partition = $1 AND pseq = $2", partition, pseq
    )
    return digest


async def read_event(connection: Connection, *, source: str, id: str) -> LogRecord | None:  # noqa: A002
    """Return the record of (source, id), or None."""
    row = await connection.fetchrow(f"{_SELECT} WHERE source = $1 AND id = $2", source, id)
    return None if row is None else LogRecord(*row)


async def read_stream(connection: Connection, stream: str, *, after_version: int = 0) -> list[LogRecord]:
    """Return the versioned records of a stream after `after_version`, in order."""
    rows = await connection.fetch(
        f"{_SELECT} WHERE stream = $1 AND version > $2 ORDER BY version", stream, after_version
    )
    return _within(rows, None)


def _within(rows: Sequence[Any], upto_bytes: int | None) -> list[LogRecord]:
    records: list[LogRecord] = []
    size = 0
    for row in rows:
        record = LogRecord(*row)
        size += len(record.body)
        if records and upto_bytes is not None and size > upto_bytes:
            break
        records.append(record)
    return records
