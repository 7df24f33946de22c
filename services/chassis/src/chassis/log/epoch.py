"""The log's fencing epoch: processes that share the log join it.

A restore (`chassis.relay.past_topic`) and whoever must be alone begin a new one.
"""

from chassis.database import Pool


async def join_epoch(pool: Pool) -> int:
    """Return the epoch in force, to append beside the other processes of this service."""
    async with pool.acquire() as connection:
        epoch: int = await connection.fetchval("SELECT epoch FROM log_head")
    return epoch


async def take_over(pool: Pool) -> int:
    """Begin a new epoch: every process that joined an older one is Fenced at its next append."""
    async with pool.acquire() as connection:
        epoch: int = await connection.fetchval("UPDATE log_head SET epoch = epoch + 1 RETURNING epoch")
    return epoch
