"""Reading the log by position: gapless, in commit order, so that "last position seen" is enough to resume."""

from collections.abc import Sequence
from typing import Any

from chassis.database import Connection
from chassis.log.records import LogRecord

_FIELDS = ", ".join(LogRecord.__struct_fields__)
_SELECT = f"SELECT {_FIELDS} FROM log"


def _cut(where: str, *, order: str, limit: str, upto: str) -> str:
    """The first `limit` rows while their bytes are within `upto`, and the first in any case.

    Lengths are summed without reading what is long, so that nothing beyond the bound is read, sent or kept.
    """
    page = f"SELECT *, octet_length(body) + coalesce(octet_length(private), 0) AS length FROM log {where}"
    page = f"SELECT * FROM ({page}) AS found ORDER BY {order} LIMIT {limit}"
    summed = f"SELECT *, sum(length) OVER (ORDER BY {order}) AS through FROM ({page}) AS page"
    within = f"{upto}::bigint IS NULL OR through <= {upto} OR through = length"
    return f"SELECT {_FIELDS} FROM ({summed}) AS summed WHERE {within} ORDER BY {order}"


_AFTER = _cut("WHERE position > $1", order="position", limit="$2", upto="$3")
_PARTITION = _cut("WHERE position > $2 AND partition = $1", order="position", limit="$3", upto="$4")
_NUMBERED = _cut("WHERE partition = $1 AND pseq > $2", order="pseq", limit="$3", upto="$4")


async def read_after(
    connection: Connection, position: int, *, limit: int, upto_bytes: int | None = None
) -> list[LogRecord]:
    """Return at most `limit` records after `position`, and no more than `upto_bytes` of them (but one)."""
    return _records(await connection.fetch(_AFTER, position, limit, upto_bytes))


async def read_partition(
    connection: Connection, partition: int, *, after: int, limit: int, upto_bytes: int | None = None
) -> list[LogRecord]:
    """Return at most `limit` records relayed to one Kafka partition, after the position `after`."""
    return _records(await connection.fetch(_PARTITION, partition, after, limit, upto_bytes))


async def read_numbered(
    connection: Connection, partition: int, *, after_pseq: int, limit: int, upto_bytes: int | None = None
) -> list[LogRecord]:
    """Return at most `limit` records of one Kafka partition after a sequence number of it, by an index of its own."""
    return _records(await connection.fetch(_NUMBERED, partition, after_pseq, limit, upto_bytes))


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
    return _records(rows)


def _records(rows: Sequence[Any]) -> list[LogRecord]:
    return [LogRecord(*row) for row in rows]
