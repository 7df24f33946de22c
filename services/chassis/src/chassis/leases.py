"""Leases: one holder at a time by the database's real clock, each with a higher epoch than the one before.

A lease only says who should work. A paused process outlives its lease, so what it protects must test the epoch in the
same statement as every write.
"""

import asyncio

from chassis.database import Pool, is_database_trouble
from chassis.errors import Fenced
from chassis.logging import get_logger
from chassis.retrying import Attempt

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


GIVE_BACK_SECONDS = 0.5


class Lease:
    """One named lease, held for `seconds` at a time, over connections that no crowd of readers can take."""

    def __init__(self, pool: Pool, name: str, *, seconds: float = 6.0) -> None:
        self._pool, self.name, self._seconds = pool.apart, name, seconds

    async def try_acquire(self) -> int | None:
        """Return the new epoch, or None while somebody else holds the lease."""
        epoch: int | None = await self._asked(_ACQUIRE, self._seconds)
        return epoch

    async def acquire(self) -> int:
        """Wait until the lease is free, then return the new epoch. A database that is away is waited for."""
        while True:
            epoch = None
            with Attempt() as tried:
                epoch = await self.try_acquire()
            if epoch is not None:
                return epoch
            if tried.error is not None:
                _log.warning("The lease cannot be asked for", lease=self.name, error=type(tried.error).__name__)
            await asyncio.sleep(self._seconds / 6)

    async def renew(self, epoch: int) -> None:
        """Hold on for another term; raises Fenced when another epoch has begun."""
        if await self._asked(_RENEW, epoch, self._seconds) is None:
            raise Fenced(f"The lease {self.name} has passed to another process; this one must exit.")

    async def keep(self, epoch: int) -> None:
        """Renew for as long as the task runs; raises Fenced when the lease is lost.

        A database that is away is waited for: nobody else can take the lease there either.
        """
        while True:
            await asyncio.sleep(self._seconds / 3)
            with Attempt(passes=is_database_trouble):
                await self.renew(epoch)

    async def release(self, epoch: int) -> None:
        """Let the next holder in at once; does nothing when the lease has passed on already."""
        await self._asked(_RELEASE, epoch)

    async def give_back(self, epoch: int) -> None:
        """Release on the way out: what keeps the database from answering soon leaves the lease to expire."""
        with Attempt(passes=is_database_trouble) as tried:
            async with asyncio.timeout(GIVE_BACK_SECONDS):
                await self.release(epoch)
        if tried.error is not None:
            _log.warning("The lease is left to expire", lease=self.name, error=type(tried.error).__name__)

    async def _asked(self, query: str, *args: object) -> int | None:
        # A third of a term, so that one that is not answered leaves time to ask again.
        async with asyncio.timeout(self._seconds / 3), self._pool.acquire() as connection:
            epoch: int | None = await connection.fetchval(query, self.name, *args)
        return epoch
