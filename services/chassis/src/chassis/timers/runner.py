"""The loop that fires timers: sleeps until the next is due, woken by the doorbell, looking once a second anyway."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter

from chassis.clock import Clock
from chassis.database import Pool
from chassis.doorbell import POLL_SECONDS, listening
from chassis.failures import backoff_seconds
from chassis.http.readiness import NotReady
from chassis.leading import led
from chassis.leases import Lease
from chassis.logging import get_logger
from chassis.retrying import Attempt
from chassis.timers.claim import BATCH, claim_due, seconds_to_next
from chassis.timers.firing import Firing
from chassis.timers.timer import TimerHandler

LEASE = "timers"
MOST_IDLE_SECONDS = 30.0
_log = get_logger(__name__)


class TimerNumbers:
    """Prometheus numbers of the timers of a process."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.fired = Counter("timers_fired", "Timers handled", registry=registry)
        self.postponed = Counter("timers_postponed", "Transient failures of timers", registry=registry)
        self.failed = Counter("timers_failed", "Timers that failed for good: page someone", registry=registry)


class TimerRunner:
    """Fires the timers of one database, one active instance behind a lease; `run` is a background task."""

    def __init__(
        self,
        pool: Pool,
        *,
        handlers: Mapping[str, TimerHandler],
        clock: Clock,
        registry: CollectorRegistry,
        lease_seconds: float = 6.0,
    ) -> None:
        self._pool, self._handlers, self._clock = pool, handlers, clock
        self._numbers = TimerNumbers(registry)
        self._lease = Lease(pool, LEASE, seconds=lease_seconds)
        self._looked_at: datetime | None = None

    async def run(self) -> None:
        """Wait for the lease, then fire what falls due; raises Fenced when another instance has taken over."""
        try:
            async with led(self._lease) as (epoch, group):
                group.create_task(self._work(epoch))
        finally:
            self._looked_at = None

    async def fire_due(self, epoch: int) -> int:
        """Fire one batch in one transaction; returns how many timers were claimed. Raises Fenced."""
        async with self._pool.acquire() as connection, connection.transaction():
            timers = await claim_due(connection, lease=LEASE, epoch=epoch)
            firing = Firing(connection, self._handlers)
            await firing.run(timers)
        self._count(firing)
        return len(timers)

    async def ready(self) -> str:
        """A readiness check: raises NotReady when due timers have not been looked at for half a minute."""
        if self._looked_at is None:
            return "standby"
        age = (self._clock.now() - self._looked_at).total_seconds()
        if age > MOST_IDLE_SECONDS:
            raise NotReady(f"looked at the timers {age:.0f} s ago")
        return f"looked at the timers {age:.0f} s ago"

    async def _work(self, epoch: int) -> None:
        attempts = 0
        while True:
            with Attempt() as tried:
                async with listening(self._pool, "timer_set") as bell:
                    while True:
                        await self._drain(epoch)
                        attempts = 0
                        await bell.rung(within=await self._seconds_to_next())
            attempts += 1
            _log.warning("Timers cannot be fired for now", error=type(tried.error).__name__, attempt=attempts)
            await asyncio.sleep(backoff_seconds(attempts, first=0.1, ceiling=5.0))

    async def _drain(self, epoch: int) -> None:
        while True:
            claimed = await self.fire_due(epoch)
            self._looked_at = self._clock.now()
            if claimed < BATCH:
                return

    def _count(self, firing: Firing) -> None:
        self._numbers.fired.inc(firing.fired)
        self._numbers.postponed.inc(firing.postponed)
        if firing.failed:
            self._numbers.failed.inc(firing.failed)
            _log.error("Timers failed for good; list them with failed_timers", count=firing.failed)

    async def _seconds_to_next(self) -> float:
        async with self._pool.acquire() as connection:
            seconds = await seconds_to_next(connection)
        return POLL_SECONDS if seconds is None else min(POLL_SECONDS, max(0.0, seconds))
