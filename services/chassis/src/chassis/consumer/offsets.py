"""The offset rows: joined under an epoch, moved only from where their holder believes they are."""

from collections.abc import Iterable, Mapping

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
    return {row["partition"]: Mark(row["pseq"], row["position"], row["kafka_offset"]) for row in rows}


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
RETURNING partition, pseq, position, kafka_offset
"""
_MOVE = """
WITH moved AS (
    UPDATE consumer_offset AS o
    SET pseq = step.pseq, position = step.position, kafka_offset = step.kafka_offset, progressed_at = clock_timestamp()
    FROM unnest($4::integer[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
        AS step (partition, before, pseq, position, kafka_offset)
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
