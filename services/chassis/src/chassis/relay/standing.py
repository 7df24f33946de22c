"""How far a relay is: the end of the log, what Kafka has acknowledged, and since when it has not come on."""

import asyncio
import time

from prometheus_client import CollectorRegistry, Gauge

from chassis.database import Pool, is_database_trouble
from chassis.http.readiness import NotReady
from chassis.retrying import Attempt

LOOK_SECONDS = 2.0
LONGEST_STANDSTILL_SECONDS = 60.0

_WHERE = """
SELECT log_head.position AS ends, coalesce(relay_checkpoint.position, 0) AS stands
FROM log_head LEFT JOIN relay_checkpoint ON topic = $1
"""


# Of other roles' transactions a role sees the age only as a member of pg_read_all_stats.
_OLDEST = """
SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)::float FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
"""
_DEAD = "SELECT relname, n_dead_tup FROM pg_stat_user_tables WHERE relname = ANY ($1)"
_BUSY = ("log_head", "relay_checkpoint", "lease", "consumer_offset", "timer")


class Standing:
    """Looks every other second, from whichever of several relays leads: one that waits for its turn is well too."""

    def __init__(self, pool: Pool, topic: str, *, registry: CollectorRegistry) -> None:
        self._pool = pool
        self._topic = topic
        self._stands, self._waiting = -1, 0
        self._since = time.monotonic()
        self._count = Gauge("relay_waiting_events", "Events of the log that Kafka lacks", registry=registry)
        self._seconds = Gauge("relay_standstill_seconds", "Since when none of them went on", registry=registry)
        self._oldest = Gauge("database_oldest_transaction_seconds", "How long one is open by now", registry=registry)
        self._dead = Gauge("database_dead_rows", "Of rows that change all the time", ["table"], registry=registry)

    async def watch(self) -> None:
        """Look for as long as the process lives."""
        while True:
            with Attempt(passes=is_database_trouble):
                await self.look(now=time.monotonic())
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self, *, now: float) -> None:
        """Ask the database once."""
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(_WHERE, self._topic)
            self._oldest.set(await connection.fetchval(_OLDEST))
            for table, dead in await connection.fetch(_DEAD, list(_BUSY)):
                self._dead.labels(table).set(dead)
        ends, stands = (row["ends"], row["stands"]) if row is not None else (0, 0)
        if stands != self._stands or stands >= ends:
            self._since = now
        self._stands, self._waiting = stands, ends - stands
        self._count.set(self._waiting)
        self._seconds.set(now - self._since)

    async def ready(self) -> str:
        """A check of progress: whichever relay leads comes on, or has nothing to do."""
        still = time.monotonic() - self._since
        if self._waiting and still > LONGEST_STANDSTILL_SECONDS:
            raise NotReady(f"stands still since {still:.0f} s with {self._waiting} events waiting")
        return f"stands at {max(self._stands, 0)}, {self._waiting} events waiting"
