"""The head of the log: one row that every append locks, so position order is commit order; its rows move it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.database import Connection
from chassis.errors import Fenced

# The clock is read after the lock is held (the CTE locks first), and never runs behind the previous batch.
_LOCK = """
WITH head AS MATERIALIZED (
  SELECT position, hash, recorded_at, pseqs FROM log_head WHERE epoch = $1 FOR UPDATE
)
SELECT position, hash, pseqs, greatest(business_now(), recorded_at) AS recorded_at FROM head
"""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the log ends; `recorded_at` is the time for the batch that is about to be written."""

    position: int
    hash: bytes
    pseqs: Sequence[int]
    recorded_at: datetime


async def lock_head(connection: Connection, *, epoch: int) -> Head:
    """Lock the head until the transaction ends; raises Fenced when a newer epoch has taken over the log."""
    row = await connection.fetchrow(_LOCK, epoch)
    if row is None:
        raise Fenced(f"The log is no longer at epoch {epoch}: another process has taken it over.")
    return Head(row["position"], row["hash"], row["pseqs"], row["recorded_at"])
