"""The loop that fires timers: sleeps until the next is due, woken by the doorbell, looking once a second anyway."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry

from chassis.clock import Clock
from chassis.database import Pool
from chassis.doorbell import POLL_SECONDS, listening
from chassis.failures import backoff_seconds
from chassis.http.readiness import NotReady
from chassis.leading import led
from chassis.leases import Lease
from chassis.logging import get_logger
from chassis.retrying import Attempt
from chassis.timers.calling import KindCalling
from chassis.timers.claim import Term, look, seconds_to_next
from chassis.timers.failed import failed_now, kinds_but
from chassis.timers.firing import KindFiring
from chassis.timers.numbers import TimerNumbers
from chassis.timers.timer import AnyHandler, CallingHandler

LEASE = "timers"
MOST_IDLE_SECONDS = 30.0
COUNT_SECONDS = 2.0
_log = get_logger(__name__)


class TimerRunner:
    """Fires the timers of one database, one active instance behind a lease; `run` is a background task."""

    def __init__(
        self,
        pool: Pool,
        *,
        handlers: Mapping[str, AnyHandler],
        clock: Clock,
        registry: CollectorRegistry,
        lease_seconds: float = 6.0,
    ) -> None:
        self._pool, self._clock = pool, clock
        self._numbers = TimerNumbers(registry)
        self._kinds = {kind: _turns(pool, kind, handler, self._numbers) for kind, handler in handlers.items()}
        self._lease = Lease(pool, LEASE, seconds=lease_seconds)
        self._looked_at: datetime | None = None
        self._count_at = 0.0
        self._unknown: set[str] = set()

    async def run(self) -> None:
        """Wait for the lease, then fire what falls due; raises Fenced when another instance has taken over."""
        try:
            async with led(self._lease) as (epoch, group):
                group.create_task(self._work(epoch))
        finally:
            self._looked_at = None
            self._numbers.lead_ended()

    async def fire_due(self, epoch: int) -> int:
        """Fire what is due, until nothing more can be done now; returns how many pieces there were. Raises Fenced."""
        for kind in self._kinds.values():
            kind.rested()
        pieces = 0
        while done := await self._round(Term(LEASE, epoch)):
            pieces += done
        return pieces

    async def ready(self) -> str:
        """A check of progress: raises NotReady when due timers have not been looked at for half a minute."""
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
                        await self.fire_due(epoch)
                        await self._count()
                        attempts = 0
                        await bell.rung(within=await self._seconds_to_next())
            attempts += 1
            _log.warning("Timers cannot be fired for now", error=type(tried.error).__name__, attempt=attempts)
            await asyncio.sleep(backoff_seconds(attempts, first=0.1, ceiling=5.0))

    async def _round(self, term: Term) -> int:
        """One piece of each kind and lane that has something due, so that no kind waits for all of another."""
        async with self._pool.acquire() as connection:
            due = await look(connection, term, kinds=self._kinds)
        self._looked_at = self._clock.now()
        return sum([await self._kinds[kind].turn(lane, term) for kind, lane in due])

    async def _count(self) -> None:
        """Say how it stands, every few seconds."""
        if (now := asyncio.get_running_loop().time()) < self._count_at:
            return
        self._count_at = now + COUNT_SECONDS
        async with self._pool.acquire() as connection:
            self._numbers.failed_now.set(await failed_now(connection))
            unknown = await kinds_but(connection, self._kinds)
        self._numbers.unknown_kinds.set(len(unknown))
        for kind in set(unknown) - self._unknown:
            _log.warning("Timers of an unknown kind wait for a release that knows it", kind=kind)
        self._unknown = set(unknown)

    async def _seconds_to_next(self) -> float:
        async with self._pool.acquire() as connection:
            seconds = await seconds_to_next(connection, kinds=self._kinds)
        return POLL_SECONDS if seconds is None else min(POLL_SECONDS, max(0.0, seconds))


def _turns(pool: Pool, kind: str, handler: AnyHandler, numbers: TimerNumbers) -> KindFiring | KindCalling:
    if isinstance(handler, CallingHandler):
        return KindCalling(pool, kind=kind, handler=handler, numbers=numbers)
    return KindFiring(pool, kind=kind, handler=handler, numbers=numbers)
