"""The relay's checkpoint, and the log as it reads it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from chassis.relay import checkpoint, pages

from simulation.server import Database, Rows, Statement
from simulation.statements.log import PARTITIONS
from simulation.tables import Work

_FIELDS: Final = ("position", "partition", "pseq", "key", "recorded_at", "traceparent", "body")


async def _create(database: Database, work: Work, topic: str) -> Rows:
    table = database.table("relay_checkpoint")
    if await table.lock(work, topic) is not None:
        return []
    await table.put(work, topic, {"position": 0, "pseqs": [0] * PARTITIONS, "epoch": 0})
    return [{}]


async def _claim(database: Database, work: Work, topic: str, epoch: int) -> Rows:
    table = database.table("relay_checkpoint")
    row = await table.lock(work, topic)
    if row is None or row["epoch"] >= epoch:
        return []
    await table.put(work, topic, row | {"epoch": epoch})
    return [_place(row)]


async def _resume(database: Database, work: Work, topic: str, epoch: int) -> Rows:
    row = database.table("relay_checkpoint").get(work, topic)
    return [] if row is None or row["epoch"] != epoch else [_place(row)]


async def _advance(database: Database, work: Work, topic: str, epoch: int, position: int, pseqs: Sequence[int]) -> Rows:
    table = database.table("relay_checkpoint")
    row = await table.lock(work, topic)
    if row is None or row["epoch"] != epoch:
        return []
    await table.put(work, topic, row | {"position": position, "pseqs": list(pseqs)})
    return [{"done": 1}]


async def _after(database: Database, work: Work, position: int, entries: int, most: int) -> Rows:
    rows = sorted(key for key, _ in database.table("log").seen(work) if key > position)
    return _within([database.table("log").get(work, key) or {} for key in rows[:entries]], most)


async def _again(
    database: Database, work: Work, partition: int, after: int, upto: int, entries: int, most: int
) -> Rows:
    rows = [row for _, row in database.table("log").seen(work) if row["partition"] == partition]
    wanted = sorted((row for row in rows if after < row["pseq"] <= upto), key=lambda row: row["pseq"])
    return _within(wanted[:entries], most)


def _within(rows: Sequence[Mapping[str, Any]], most: int) -> Rows:
    page: list[Mapping[str, Any]] = []
    size = 0
    for row in rows:
        if size >= most:
            break
        page.append(_entry(row))
        size += len(row["body"])
    return page


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"position": row["position"], "pseqs": list(row["pseqs"])}


def _entry(row: Mapping[str, Any]) -> dict[str, Any]:
    entry = {field: row[field] for field in _FIELDS}
    return entry | {"body": None} if row["partition"] is None else entry


RELAY: dict[str, Statement] = {
    checkpoint._CREATE: _create,
    checkpoint._CLAIM: _claim,
    checkpoint._RESUME: _resume,
    checkpoint._ADVANCE: _advance,
    pages._AFTER: _after,
    pages._AGAIN: _again,
}
