"""How far a consumer is, and what it has put aside."""

from collections.abc import Sequence
from typing import Any

from chassis.consumer import offsets

from simulation.server import Database, Rows, Statement
from simulation.tables import Work


async def _join(
    database: Database, work: Work, consumer: str, topic: str, partitions: Sequence[int], epoch: int
) -> Rows:
    table = database.table("consumer_offset")
    rows = []
    for partition in partitions:
        row = await table.lock(work, (consumer, topic, partition)) or {
            "partition": partition,
            "pseq": 0,
            "position": 0,
            "kafka_offset": 0,
            "digest": None,
            "epoch": 0,
            "stopped": None,
        }
        if row["epoch"] > epoch:
            continue
        await table.put(work, (consumer, topic, partition), {**row, "epoch": epoch})
        rows.append(row)
    return rows


async def _move(
    database: Database, work: Work, consumer: str, topic: str, epoch: int, partitions: Sequence[int], *steps: Any
) -> Rows:
    table = database.table("consumer_offset")
    moved = 0
    for partition, before, pseq, position, kafka_offset, digest in zip(partitions, *steps, strict=True):
        row = await table.lock(work, (consumer, topic, partition))
        if row is None or row["epoch"] != epoch or row["pseq"] != before or pseq <= before:
            continue
        step = {"pseq": pseq, "position": position, "kafka_offset": kafka_offset, "digest": digest}
        await table.put(work, (consumer, topic, partition), {**row, **step})
        moved += 1
    return [{"count": moved}]


async def _hold(database: Database, work: Work, consumer: str, topic: str, partition: int, epoch: int) -> Rows:
    row = await database.table("consumer_offset").lock(work, (consumer, topic, partition))
    return [] if row is None or row["epoch"] != epoch else [{"partition": partition}]


async def _stopped(database: Database, work: Work, consumer: str, topic: str) -> Rows:
    rows = [row for _, row in database.table("consumer_offset").seen(work) if row["stopped"] is not None]
    return [{"partition": row["partition"], "stopped": row["stopped"]} for row in rows]


async def _stop(
    database: Database, work: Work, consumer: str, topic: str, partition: int, epoch: int, why: str
) -> Rows:
    table = database.table("consumer_offset")
    row = await table.lock(work, (consumer, topic, partition))
    if row is None or row["epoch"] != epoch:
        return []
    await table.put(work, (consumer, topic, partition), {**row, "stopped": why})
    return [{"partition": partition}]


CONSUMER: dict[str, Statement] = {
    offsets._JOIN: _join,
    offsets._MOVE: _move,
    offsets._HOLD: _hold,
    offsets._STOPPED: _stopped,
    offsets._STOP: _stop,
}
