"""The offset rows: joined under an epoch, moved only from where their holder believes they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chassis.consumer.sequence import Mark
from chassis.database import Connection
from chassis.errors import Fenced

Steps = Mapping[int, tuple[Mark, Mark]]
"""From which mark to which, per partition."""


async def join(
    connection: Connection, consumer: str, topic: str, *, partitions: Iterable[int], epoch: int
) -> dict[int, Mark]:
    """Take the topic's rows over for `epoch` and read them; raises Fenced when a newer epoch has them."""
    wanted = sorted(partitions)
    rows = await connection.fetch(_JOIN, consumer, topic, wanted, epoch)
    if len(rows) < len(wanted):
        raise Fenced(f"{consumer} on {topic}: a newer epoch than {epoch} holds the offsets; leave the work to it")
    return {row["partition"]: Mark(row["pseq"], row["position"], row["kafka_offset"], row["digest"]) for row in rows}


async def stopped(connection: Connection, consumer: str, topic: str) -> dict[int, str]:
    """Return the partitions that wait for a person, and why."""
    rows = await connection.fetch(_STOPPED, consumer, topic)
    return {row["partition"]: row["stopped"] for row in rows}


@dataclass(frozen=True, slots=True)
class StoppedPartition:
    """A partition that waits for a person since its last progress, and why."""

    topic: str
    partition: int
    why: str
    since: datetime


async def all_stopped(connection: Connection) -> list[StoppedPartition]:
    """List every partition of this database that waits for a person."""
    return [StoppedPartition(**dict(row)) for row in await connection.fetch(_ALL_STOPPED)]


async def stop(connection: Connection, consumer: str, topic: str, *, partition: int, epoch: int, why: str) -> None:
    """Write down that a partition waits for a person, and why; raises Fenced when it is not ours."""
    if await connection.fetchval(_STOP, consumer, topic, partition, epoch, why) is None:
        raise Fenced(f"{consumer} on {topic}/{partition}: epoch {epoch} is over; leave the work to the newer one")


async def go_on(
    connection: Connection, consumer: str, topic: str, *, partition: int, after_pseq: int, kafka_offset: int
) -> bool:
    """Let a stopped partition go on after a number that it has passed; says whether there was such a partition.

    What follows the number is applied, as the owner's log has it now. What was parked beyond it comes again.
    """
    row = await connection.fetchval(_GO_ON, consumer, topic, partition, after_pseq, kafka_offset)
    if row is None:
        return False
    await connection.execute(_FORGET_PARKED, consumer, topic, partition, after_pseq)
    return True


async def move(connection: Connection, consumer: str, topic: str, *, epoch: int, steps: Steps) -> None:
    """Move each partition's row from one mark to the next; raises Fenced unless every row was ours and still there."""
    moved = await connection.fetchval(
        _MOVE,
        consumer,
        topic,
        epoch,
        list(steps),
        [before.pseq for before, _ in steps.values()],
        [after.pseq for _, after in steps.values()],
        [after.position for _, after in steps.values()],
        [after.kafka_offset for _, after in steps.values()],
        [after.digest for _, after in steps.values()],
    )
    if moved < len(steps):
        raise Fenced(f"{consumer} on {topic}: the offsets are no longer those of epoch {epoch}; leave the work to it")


async def hold(connection: Connection, consumer: str, topic: str, *, partition: int, epoch: int) -> None:
    """Lock a partition's row for this transaction without moving it; raises Fenced when it is not ours."""
    row = await connection.fetchval(_HOLD, consumer, topic, partition, epoch)
    if row is None:
        raise Fenced(f"{consumer} on {topic}/{partition}: epoch {epoch} is over; leave the work to the newer one")


_JOIN = """
INSERT INTO consumer_offset AS o (consumer, topic, partition, epoch)
SELECT $1, $2, partition, $4 FROM unnest($3::integer[]) AS partition
ON CONFLICT (consumer, topic, partition) DO UPDATE SET epoch = excluded.epoch WHERE o.epoch <= excluded.epoch
RETURNING partition, pseq, position, kafka_offset, CASE known_pseq WHEN pseq THEN known_sha256 END AS digest
"""
_MOVE = """
WITH moved AS (
    UPDATE consumer_offset AS o
    SET pseq = step.pseq, position = step.position, kafka_offset = step.kafka_offset, progressed_at = clock_timestamp(),
        known_pseq = step.pseq, known_sha256 = step.digest
    FROM unnest($4::integer[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bytea[])
        AS step (partition, before, pseq, position, kafka_offset, digest)
    WHERE o.consumer = $1 AND o.topic = $2 AND o.partition = step.partition
        AND o.epoch = $3 AND o.pseq = step.before AND o.pseq < step.pseq
    RETURNING 1
)
SELECT count(*) FROM moved
"""
_HOLD = """
SELECT partition FROM consumer_offset
WHERE consumer = $1 AND topic = $2 AND partition = $3 AND epoch = $4
FOR UPDATE
"""
_STOPPED = "SELECT partition, stopped FROM consumer_offset WHERE consumer = $1 AND topic = $2 AND stopped IS NOT NULL"
_ALL_STOPPED = """
SELECT topic, partition, stopped AS why, progressed_at AS since FROM consumer_offset WHERE stopped IS NOT NULL
ORDER BY topic, partition
"""
_STOP = """
UPDATE consumer_offset SET stopped = $5
WHERE consumer = $1 AND topic = $2 AND partition = $3 AND epoch = $4 RETURNING partition
"""
_GO_ON = """
UPDATE consumer_offset
SET pseq = $4, position = 0, kafka_offset = $5, known_pseq = NULL, known_sha256 = NULL, stopped = NULL
WHERE consumer = $1 AND topic = $2 AND partition = $3 AND stopped IS NOT NULL AND pseq >= $4 RETURNING partition
"""
_FORGET_PARKED = "DELETE FROM parked WHERE consumer = $1 AND topic = $2 AND partition = $3 AND pseq > $4"
