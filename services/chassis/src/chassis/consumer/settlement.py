"""One transaction per batch: the fenced offset, the effects, and what must be parked, together or not at all."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from chassis.consumer import offsets, parking
from chassis.consumer.isolation import Failed, Isolation
from chassis.consumer.sequence import Mark, Run
from chassis.consumer.subscription import Subscription
from chassis.database import Pool
from chassis.errors import Fenced
from chassis.failures import backoff_seconds, is_transient
from chassis.retrying import Attempt

FIRST_RETRY_SECONDS = 1.0
LAST_RETRY_SECONDS = 300.0
_RETRY_BATCH = 200


@dataclass(frozen=True, slots=True)
class Settled:
    """What one transaction did: events applied, events parked."""

    applied: int
    failed: list[Failed]


@dataclass(slots=True)
class Settlement:
    """Settles batches of one topic for one holder of an epoch.

    `held` may name keys that are free again, never miss one that is parked: only this holder parks.
    """

    pool: Pool
    consumer: str
    subscription: Subscription
    epoch: int
    held: set[str] = field(default_factory=set)

    async def join(self, partitions: tuple[int, ...]) -> dict[int, Mark]:
        """Take the offsets over and read them; raises Fenced."""
        topic = self.subscription.topic
        async with self.pool.acquire() as connection, connection.transaction():
            marks = await offsets.join(connection, self.consumer, topic, partitions=partitions, epoch=self.epoch)
            self.held = await parking.held_keys(connection, self.consumer, topic)
        return marks

    async def settle(self, marks: Mapping[int, Mark], runs: Mapping[int, Run]) -> Settled:
        """Apply contiguous runs and move their offsets; raises Fenced, or what is transient, with nothing done."""
        arrivals = sorted((one for run in runs.values() for one in run.arrivals), key=attrgetter("position"))
        steps = {partition: (marks[partition], run.after) for partition, run in runs.items()}
        try:
            return await self._settle(steps, lambda work: work.run_whole(arrivals))
        except Exception as error:
            if isinstance(error, Fenced) or is_transient(error):
                raise
        # An event fails for good. Savepoints find it, but cost every batch two statements, and hardly any holds one.
        return await self._settle(steps, lambda work: work.run(arrivals))

    async def _settle(self, steps: offsets.Steps, run: Callable[[Isolation], Awaitable[None]]) -> Settled:
        topic = self.subscription.topic
        async with self.pool.acquire() as connection, connection.transaction():
            await offsets.move(connection, self.consumer, topic, epoch=self.epoch, steps=steps)
            held = self.held and await parking.held_keys(connection, self.consumer, topic)
            work = Isolation(connection, self.subscription.handler, self.subscription.known, set(held))
            await run(work)
            if work.failed:
                await parking.park(connection, self.consumer, work.failed, first_seconds=FIRST_RETRY_SECONDS)
        self.held = set(held) | {one.event.key for one in work.failed}
        return Settled(work.applied, work.failed)

    async def retry_due(self) -> Settled:
        """Try every key that is due, longest first, each in a transaction of its own behind the fence."""
        done = Settled(0, [])
        passed_over: set[str] = set()
        while (key := await self._due_key(passed_over)) is not None:
            passed_over.add(key.name)
            with Attempt():
                settled = await self._retry(key)
                done = Settled(done.applied + settled.applied, done.failed + settled.failed)
        return done

    async def _due_key(self, passed_over: set[str]) -> parking.DueKey | None:
        topic = self.subscription.topic
        async with self.pool.acquire() as connection:
            self.held = await parking.held_keys(connection, self.consumer, topic)
            return await parking.due_key(connection, self.consumer, topic, passed_over=passed_over)

    async def _retry(self, key: parking.DueKey) -> Settled:
        topic = self.subscription.topic
        async with self.pool.acquire() as connection, connection.transaction():
            await offsets.hold(connection, self.consumer, topic, partition=key.partition, epoch=self.epoch)
            events = await parking.waiting(connection, self.consumer, topic, key=key.name, limit=_RETRY_BATCH)
            work = Isolation(connection, self.subscription.handler, self.subscription.known, set())
            await work.run(events)
            stuck = {one.event.pseq for one in work.failed}
            done = [event.pseq for event in events if event.pseq not in stuck]
            await parking.release(connection, self.consumer, topic, partition=key.partition, pseqs=done)
            if work.failed:
                first = min(work.failed, key=lambda one: one.event.pseq)
                tries = key.attempts if first.event.pseq == events[0].pseq else 0
                await parking.postpone(connection, self.consumer, first, seconds=_pause_after(tries + 1))
        return Settled(work.applied, work.failed)


def _pause_after(attempts: int) -> float:
    return backoff_seconds(attempts, first=FIRST_RETRY_SECONDS, ceiling=LAST_RETRY_SECONDS)
