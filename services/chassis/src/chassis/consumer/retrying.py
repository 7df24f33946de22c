"""Trying parked keys again: a few at a time, the longest due first, each in a transaction of its own."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.consumer import offsets, parking
from chassis.consumer.events import Arrival
from chassis.consumer.isolation import Failed, Isolation
from chassis.consumer.pieces import SMALL
from chassis.consumer.subscription import Subscription
from chassis.database import Connection, Pool
from chassis.failures import backoff_seconds, reason
from chassis.retrying import Attempt

FIRST_RETRY_SECONDS = 1.0
LAST_RETRY_SECONDS = 300.0


@dataclass(slots=True)
class Retried:
    """What one turn did: events applied, what failed again, keys set free. `more` may be due where it was cut short."""

    applied: int = 0
    failed: list[Failed] = field(default_factory=list)
    freed: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class Retrying:
    """The retries of one topic for one holder of an epoch."""

    pool: Pool
    consumer: str
    subscription: Subscription
    epoch: int

    async def turn(self, *, keys: int, seconds: float) -> Retried:
        """Try at most so many due keys, and begin none after so long; raises Fenced, or what the database raises."""
        clock = asyncio.get_running_loop().time
        until = clock() + seconds
        async with self.pool.acquire() as connection:
            due = await parking.due_keys(connection, self.consumer, self.subscription.topic, limit=keys)
        done = Retried(more=len(due) == keys)
        for key in due:
            if clock() >= until:
                done.more = True
                break
            await self._try(key, done)
        return done

    async def _try(self, key: parking.DueKey, done: Retried) -> None:
        with Attempt() as tried:
            await self._retry(key, done)
        if tried.error is not None:
            # It goes to the end of the line, or it would be tried before all others for ever. Where the trouble is the
            # database's, this raises too, and the turn is over.
            await self._put_off(key, why=reason(tried.error))

    async def _retry(self, key: parking.DueKey, done: Retried) -> None:
        async with self.pool.acquire() as connection, connection.transaction():
            events = await self._hold(connection, key)
            work = Isolation(connection, self.subscription.handler, self.subscription.known, set())
            await work.run(events)
            freed = await self._record(connection, key, events, work.failed)
        done.applied += work.applied
        done.failed += work.failed
        done.freed += freed

    async def _hold(self, connection: Connection, key: parking.DueKey) -> list[Arrival]:
        topic = self.subscription.topic
        await offsets.hold(connection, self.consumer, topic, partition=key.partition, epoch=self.epoch)
        return await parking.waiting(connection, self.consumer, topic, key=key.name, limit=SMALL)

    async def _record(
        self, connection: Connection, key: parking.DueKey, events: Sequence[Arrival], failed: Sequence[Failed]
    ) -> int:
        """Take out what was applied and say when the key is tried next; returns 1 when it is free."""
        topic = self.subscription.topic
        stuck = {one.event.pseq for one in failed}
        done = [event.pseq for event in events if event.pseq not in stuck]
        await parking.release(connection, self.consumer, topic, partition=key.partition, pseqs=done)
        if failed:
            first = min(failed, key=lambda one: one.event.pseq)
            tries = 1 + (key.attempts if first.event.pseq == events[0].pseq else 0)
            await self._postpone(connection, key, tries, why=first.reason)
            return 0
        if len(events) == SMALL:
            await self._postpone(connection, key, 0, why=None)
            return 0
        await parking.set_free(connection, self.consumer, topic, key=key.name)
        return 1

    async def _put_off(self, key: parking.DueKey, *, why: str) -> None:
        topic = self.subscription.topic
        async with self.pool.acquire() as connection, connection.transaction():
            await offsets.hold(connection, self.consumer, topic, partition=key.partition, epoch=self.epoch)
            await self._postpone(connection, key, key.attempts + 1, why=why)

    async def _postpone(self, connection: Connection, key: parking.DueKey, tries: int, *, why: str | None) -> None:
        pause = backoff_seconds(tries, first=FIRST_RETRY_SECONDS, ceiling=LAST_RETRY_SECONDS) if tries else 0.0
        place = self.consumer, self.subscription.topic
        await parking.postpone(connection, *place, key=key.name, attempts=tries, seconds=pause, why=why)
