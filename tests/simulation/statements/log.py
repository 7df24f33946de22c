"""The log and its head; COPY's own format is read as PostgreSQL reads it."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import asyncpg
from chassis.log import head, writing
from chassis.log.chain import GENESIS

from simulation.server import Database, Rows, Statement
from simulation.tables import Work

PARTITIONS: Final = 2
_HEADER: Final = 19
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_NUMBERS: Final = ("version", "position", "pseq")
_TIMES: Final = ("occurred_at", "recorded_at")
_BYTES: Final = ("digest", "body", "private", "hash")
_START: Final = {"position": 0, "hash": GENESIS, "recorded_at": _EPOCH, "pseqs": [0] * PARTITIONS, "epoch": 1}


async def start_log(database: Database) -> None:
    """The row of the head, as the migration makes it."""
    work = Work()
    await database.table("log_head").put(work, "only", _START)
    work.commit()


async def _lock(database: Database, work: Work, epoch: int) -> Rows:
    row = await database.table("log_head").lock(work, "only")
    if row is None or row["epoch"] != epoch:
        return []
    recorded_at = max(database.business_now(), row["recorded_at"])
    return [{"position": row["position"], "hash": row["hash"], "pseqs": row["pseqs"], "recorded_at": recorded_at}]


async def _stored(database: Database, work: Work, sources: Sequence[str], ids: Sequence[str]) -> Rows:
    wanted = set(zip(sources, ids, strict=True))
    fields = ("source", "id", "digest", "position", "hash", "recorded_at")
    rows = [row for _, row in database.table("log").seen(work) if (row["source"], row["id"]) in wanted]
    return [{field: row[field] for field in fields} for row in rows]


async def _versions(database: Database, work: Work, streams: Sequence[str]) -> Rows:
    rows = [row for _, row in database.table("log").seen(work) if row["version"] is not None]
    return [
        {"stream": stream, "version": max((row["version"] for row in rows if row["stream"] == stream), default=None)}
        for stream in streams
    ]


async def _copy(database: Database, work: Work, data: bytes, columns: Sequence[str]) -> Rows:
    rows = list(_rows(data, columns))
    log, head_table = database.table("log"), database.table("log_head")
    known = {(row["source"], row["id"]) for _, row in log.seen(work)}
    for row in rows:
        if (row["source"], row["id"]) in known:
            raise asyncpg.UniqueViolationError("duplicate key value violates unique constraint log_source_id")
        if log.get(work, row["position"]) is not None:
            raise asyncpg.UniqueViolationError("duplicate key value violates unique constraint log_pkey")
        known.add((row["source"], row["id"]))
        await log.put(work, row["position"], row)
    head_row = await head_table.lock(work, "only")
    await head_table.put(work, "only", {**(head_row or _START), **_moved(head_row or _START, rows)})
    work.notices.append("log_appended")
    return rows


def _moved(before: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    pseqs = list(before["pseqs"])
    for row in rows:
        if row["partition"] is not None:
            pseqs[row["partition"]] = max(pseqs[row["partition"]], row["pseq"])
    last = rows[-1]
    return {"position": last["position"], "hash": last["hash"], "recorded_at": last["recorded_at"], "pseqs": pseqs}


def _rows(data: bytes, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    at = _HEADER
    while (count := struct.unpack_from(">h", data, at)[0]) != -1:
        assert count == len(columns), "a row has another number of columns than COPY was told"
        at += 2
        row = {}
        for column in columns:
            (length,) = struct.unpack_from(">i", data, at)
            at += 4
            row[column] = None if length < 0 else _value(column, data[at : at + length])
            at += max(0, length)
        yield row


def _value(column: str, sent: bytes) -> Any:
    if column in _BYTES:
        return sent
    if column in _TIMES:
        return _EPOCH + timedelta(microseconds=struct.unpack(">q", sent)[0])
    if column in _NUMBERS:
        return struct.unpack(">q", sent)[0]
    return struct.unpack(">h", sent)[0] if column == "partition" else sent.decode()


async def _head(database: Database, work: Work) -> Rows:
    row = database.table("log_head").get(work, "only")
    return [] if row is None else [{"pseqs": row["pseqs"]}]


LOG: dict[str, Statement] = {
    head._LOCK: _lock,
    writing._STORED: _stored,
    writing._VERSIONS: _versions,
    "COPY log": _copy,
    "SELECT pseqs FROM log_head": _head,
}
