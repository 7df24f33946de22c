"""Leases: one holder at a time by the database's real clock, each with a higher epoch than the one before.

A lease only says who should work. A paused process outlives its lease, so what it protects must test the epoch in the
same statement as every write.
"""

import asyncio

from chassis.database import Pool, is_database_trouble
from chassis.errors import Fenced
from chassis.failures import is_transient
from chassis.logging import get_logger

_log = get_logger(__name__)

_ACQUIRE = """
INSERT INTO lease (name, epoch, expires_at) VALUES ($1, 1, clock_timestamp() + make_interval(secs => $2))
ON CONFLICT (name) DO UPDATE SET epoch = lease.epoch + 1, expires_at = excluded.expires_at
WHERE lease.expires_at <= clock_timestamp()
RETURNING epoch
"""

_RENEW = """
UPDATE lease SET expires_at = clock_timestamp() + make_interval(secs => $3)
WHERE name = $1 AND epoch = $2 RETURNING epoch
"""

_RELEASE = "UPDATE lease SET expires_at = clock_timestamp() WHERE name = $1 AND epoch = $2"


class Lease:
    """One named lease, held for `seconds` at a time."""

    def __init__(self, pool: Pool, name: str, *, seconds: float = 6.0) -> None:
        self._pool, self._name, self._seconds = pool, name, seconds

    async def try_acquire(self) -> int | None:
        """Return the new epoch, or None while somebody else holds the lease."""
        async with self._pool.acquire() as connection:
            epoch: int | None = await connection.fetchval(_ACQUIRE, self._name, self._seconds)
        return epoch

    async def acquire(self) -> int:
        """Wait until the lease is free, then return the new epoch. A database that is away is waited for."""
        while True:
            try:
                epoch = await self.try_acquire()
            except Exception as error:
                if not is_transient(error):
                    raise
                _log.warning("The lease cannot be asked for", lease=self._name, error=type(error).__name__)
                epoch = None
            if epoch is not None:
                return epoch
            await asyncio.sleep(self._seconds / 6)

    async def renew(self, epoch: int) -> None:
        """Hold on for another term; raises Fenced when another epoch has begun."""
        async with self._pool.acquire() as connection:
            renewed = await connection.fetchval(_RENEW, self._name, epoch, self._seconds)
        if renewed is None:
            raise Fenced(f"The lease {self._name} has passed to another process; this one must exit.")

    async def keep(self, epoch: int) -> None:
        """Renew for as long as the task runs; raises Fenced when the lease is lost.

        A database that is away is waited for: nobody else can take the lease there either.
        """
        while True:
            await asyncio.sleep(self._seconds / 3)
            try:
                await self.renew(epoch)
            except Exception as error:
                if not is_database_trouble(error):
                    raise

    async def release(self, epoch: int) -> None:
        """Let the next holder in at once; does nothing when the lease has passed on already."""
        async with self._pool.acquire() as connection:
            await connection.execute(_RELEASE, self._name, epoch)
