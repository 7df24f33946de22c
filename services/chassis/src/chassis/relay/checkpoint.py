"""How far a topic is acknowledged by Kafka. Every write tests the relay's epoch."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.database import Connection
from chassis.errors import Fenced

_CREATE = """
INSERT INTO relay_checkpoint (topic, pseqs) SELECT $1, array_fill(0::bigint, ARRAY[cardinality(pseqs)]) FROM log_head
ON CONFLICT (topic) DO NOTHING
"""
_CLAIM = "UPDATE relay_checkpoint SET epoch = $2 WHERE topic = $1 AND epoch < $2 RETURNING position, pseqs"
_ADVANCE = "UPDATE relay_checkpoint SET position = $3, pseqs = $4 WHERE topic = $1 AND epoch = $2 RETURNING 1"
_RESUME = "SELECT position, pseqs FROM relay_checkpoint WHERE topic = $1 AND epoch = $2"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Acknowledged up to `position`; `pseqs` are the last sequence numbers, one per partition."""

    position: int
    pseqs: Sequence[int]


async def claim(connection: Connection, topic: str, *, epoch: int) -> Checkpoint:
    """Make the checkpoint this epoch's; raises Fenced when a newer one has it."""
    await connection.execute(_CREATE, topic)
    row = await connection.fetchrow(_CLAIM, topic, epoch) or await connection.fetchrow(_RESUME, topic, epoch)
    return _checkpoint(row, topic)


async def advance(connection: Connection, topic: str, checkpoint: Checkpoint, *, epoch: int) -> None:
    """Move the checkpoint; raises Fenced when a newer epoch has claimed it."""
    row = await connection.fetchrow(_ADVANCE, topic, epoch, checkpoint.position, checkpoint.pseqs)
    if row is None:
        raise Fenced(f"Another relay has taken over {topic}; this one must exit.")


def _checkpoint(row: object, topic: str) -> Checkpoint:
    if row is None:
        raise Fenced(f"Another relay has taken over {topic}; this one must exit.")
    return Checkpoint(*row)  # type: ignore[misc]
