"""Timers of both kinds behind one face, so that one suite checks the fake and the real ones."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from chassis.clock import SystemClock, business_now
from chassis.database import Connection, Pool
from chassis.errors import PermanentFailure, TransientFailure
from chassis.leases import Lease
from chassis.timers import (
    AnyHandler,
    DueTimer,
    MemoryTimers,
    Timer,
    TimerRunner,
    cancel_timer,
    failed_timers,
    set_timer,
)
from chassis.timers.runner import LEASE
from prometheus_client import CollectorRegistry

KIND, OTHER_KIND, CALLING = "hold", "heartbeat", "report"


@dataclass(slots=True)
class Fired:
    """Keeps what fired, in order, and when by the clock it is given; keys in `poison` or `away` are refused."""

    seen: list[DueTimer] = field(default_factory=list)
    poison: set[str] = field(default_factory=set)
    away: set[str] = field(default_factory=set)

    async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        keys = {timer.key for timer in timers}
        if self.away & keys:
            raise TransientFailure("the vault does not answer")
        if self.poison & keys:
            raise PermanentFailure("this timer cannot be handled")
        self.seen.extend(timers)

    @property
    def keys(self) -> list[str]:
        return [timer.key for timer in self.seen]


@dataclass(slots=True)
class Called:
    """A handler that calls outside, as `Fired`; `meanwhile` happens once, during the next call."""

    keys: list[str] = field(default_factory=list)
    away: set[str] = field(default_factory=set)
    poison: set[str] = field(default_factory=set)
    meanwhile: Callable[[], Awaitable[None]] | None = None

    async def call(self, timer: DueTimer) -> None:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            await meanwhile()
        if timer.key in self.away:
            raise TransientFailure("the other service does not answer")
        if timer.key in self.poison:
            raise PermanentFailure("the other service refuses it")
        self.keys.append(timer.key)


class Timing(Protocol):
    """What the suite does with timers."""

    async def now(self) -> datetime: ...

    async def set(self, timer: Timer) -> None: ...

    async def cancel(self, *, kind: str, key: str) -> bool: ...

    async def advance(self, by: timedelta) -> None: ...

    async def fire_due(self) -> None: ...

    async def an_hour_passes(self) -> None: ...

    async def failed(self) -> list[str]: ...


class MemoryTiming:
    """The fake."""

    def __init__(self, start: datetime, handlers: Mapping[str, AnyHandler]) -> None:
        self._timers = MemoryTimers(start, handlers)

    async def now(self) -> datetime:
        return self._timers.now

    async def set(self, timer: Timer) -> None:
        await self._timers.set(timer)

    async def cancel(self, *, kind: str, key: str) -> bool:
        return await self._timers.cancel(kind=kind, key=key)

    async def advance(self, by: timedelta) -> None:
        self._timers.advance(by)

    async def fire_due(self) -> None:
        await self._timers.fire_due()

    async def an_hour_passes(self) -> None:
        self._timers.an_hour_passes()

    async def failed(self) -> list[str]:
        return sorted(timer.key for timer in self._timers.failed)


class PostgresTiming:
    """The real ones; a back-off is skipped, since it is real time."""

    def __init__(self, pool: Pool, handlers: Mapping[str, AnyHandler]) -> None:
        self.pool = pool
        self.registry = CollectorRegistry()
        self.runner = TimerRunner(pool, handlers=handlers, clock=SystemClock(), registry=self.registry)
        self._epoch: int | None = None

    async def now(self) -> datetime:
        async with self.pool.acquire() as connection:
            return await business_now(connection)

    async def set(self, timer: Timer) -> None:
        async with self.pool.acquire() as connection:
            await set_timer(connection, timer)

    async def cancel(self, *, kind: str, key: str) -> bool:
        async with self.pool.acquire() as connection:
            return await cancel_timer(connection, kind=kind, key=key)

    async def advance(self, by: timedelta) -> None:
        async with self.pool.acquire() as connection:
            await connection.execute("SELECT advance_clock($1)", by)

    async def fire_due(self) -> None:
        if self._epoch is None:
            self._epoch = await Lease(self.pool, LEASE).acquire()
        async with self.pool.acquire() as connection:
            await connection.execute(
                "UPDATE timer SET not_before = not_before - interval '5 minutes' WHERE failed_at IS NULL"
            )
        await self.runner.fire_due(self._epoch)

    async def an_hour_passes(self) -> None:
        async with self.pool.acquire() as connection:
            await connection.execute("UPDATE timer SET not_before = not_before - interval '1 hour'")

    async def failed(self) -> list[str]:
        async with self.pool.acquire() as connection:
            return sorted(timer.key for timer in await failed_timers(connection))
