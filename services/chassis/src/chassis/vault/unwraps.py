"""The record of who unwrapped whose key, when and why: kept for a stated time, and then let go."""

from datetime import timedelta

from chassis.database import Connection

UNWRAPS_KEPT = timedelta(days=730)
_AT_ONCE = 10_000
# The oldest first, by the order in which they were written, so that nothing is looked through that stays.
_FORGET = """
WITH oldest AS (SELECT id, at FROM vault.unwrap ORDER BY id LIMIT $2)
DELETE FROM vault.unwrap u USING oldest o WHERE u.id = o.id AND o.at < clock_timestamp() - $1::interval
RETURNING 1
"""


async def forget_unwraps(connection: Connection, *, kept: timedelta = UNWRAPS_KEPT, at_once: int = _AT_ONCE) -> int:
    """Let go of what is older than `kept`, some at a time, each a transaction; returns how many went."""
    gone = 0
    while True:
        went = len(await connection.fetch(_FORGET, kept, at_once))
        gone += went
        if went < at_once:
            return gone
