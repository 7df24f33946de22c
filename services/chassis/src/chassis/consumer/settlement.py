"""One transaction per batch: the fenced offset, the effects, and what must be parked, together or not at all."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter

from chassis.consumer import offsets, parking
from chassis.consumer.events import Arrival
from chassis.consumer.isolation import Failed, Isolation
from chassis.consumer.pieces import SMALL
from chassis.consumer.retrying import FIRST_RETRY_SECONDS, Retried, Retrying
from chassis.consumer.sequence import Mark, Run
from chassis.consumer.subscription import Subscription
from chassis.database import Pool
from chassis.errors import Fenced, ThroughlineError
from chassis.failures import is_transient
from chassis.retrying import Attempt

_Apply = Callable[[Isolation, Sequence[Arrival]], Awaitable[None]]


class BatchRefused(ThroughlineError):
    """An event of a batch fails for good, and to look for it among so many would hold the log's head for long."""


class _Undone(Exception):
    """Rolls a trial back."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What one transaction did: events applied, events parked."""

    applied: int
    failed: list[Failed]


@dataclass(slots=True)
class Settlement:
    """Settles batches of one topic for one holder of an epoch.

    `parked` is how many keys have something parked. Only this holder parks, so it counts along, and counts anew when it
    joins: what failed may have been committed. `stopped` are the partitions that wait for a person, and why.
    """

    pool: Pool
    consumer: str
    subscription: Subscription
    epoch: int
    parked: int = 0
    stopped: Mapping[int, str] = field(default_factory=dict)
    _joined: bool = field(default=False, init=False)

    async def join(self, partitions: tuple[int, ...]) -> dict[int, Mark]:
        """Take the offsets over and read them; raises Fenced."""
        topic = self.subscription.topic
        async with self.pool.acquire() as connection, connection.transaction():
            marks = await offsets.join(connection, self.consumer, topic, partitions=partitions, epoch=self.epoch)
            self.stopped = await offsets.stopped(connection, self.consumer, topic)
            if not self._joined:
                await parking.name_keys(connection, self.consumer, topic)
            self.parked = await parking.count_keys(connection, self.consumer, topic)
        self._joined = True
        return marks

    async def stop(self, partition: int, why: str) -> None:
        """Write down that a partition waits for a person; raises Fenced."""
        topic = self.subscription.topic
        async with self.pool.acquire() as connection:
            await offsets.stop(connection, self.consumer, topic, partition=partition, epoch=self.epoch, why=why)

    async def settle(self, marks: Mapping[int, Mark], runs: Mapping[int, Run]) -> Settled:
        """Apply contiguous runs and move their offsets, or raise with nothing done.

        Raises Fenced, what is transient, and BatchRefused where an event fails for good among too many to look for it.
        """
        arrivals = sorted((one for run in runs.values() for one in run.arrivals), key=attrgetter("position"))
        steps = {partition: (marks[partition], run.after) for partition, run in runs.items()}
        try:
            return await self._settle(steps, arrivals, Isolation.run_whole)
        except Exception as error:
            if isinstance(error, Fenced) or is_transient(error):
                raise
            refusal = error
        if len(arrivals) > SMALL:
            raise BatchRefused(f"{len(arrivals)} events, one of which fails for good; settle fewer") from refusal
        # Savepoints find the event, but cost every batch two statements, and hardly any holds one.
        return await self._settle(steps, arrivals, Isolation.run)

    async def set_aside(self, marks: Mapping[int, Mark], runs: Mapping[int, Run], *, why: str) -> Settled:
        """Park what is in the runs without another attempt and move their offsets; raises as `settle`."""
        arrivals = [one for run in runs.values() for one in run.arrivals]
        steps = {partition: (marks[partition], run.after) for partition, run in runs.items()}
        return await self._settle(steps, arrivals, partial(Isolation.set_aside, why=why))

    async def can_apply(self, arrival: Arrival) -> bool:
        """Try one event and undo it: does the handler, with all that it needs, work at all?"""
        applied = False
        with suppress(_Undone), Attempt(lambda error: not isinstance(error, (Fenced, _Undone))):
            async with self.pool.acquire() as connection, connection.transaction():
                work = Isolation(connection, self.subscription.handler, self.subscription.known, set())
                await work.run_whole([arrival])
                applied = work.applied == 1
                raise _Undone
        return applied

    async def retry_due(self, *, keys: int = 50, seconds: float = 1.0) -> Retried:
        """Try at most so many due keys, and begin none after so long; raises Fenced, or what is transient."""
        retrying = Retrying(self.pool, self.consumer, self.subscription, self.epoch)
        done = await retrying.turn(keys=keys, seconds=seconds)
        self.parked -= done.freed
        return done

    async def _settle(self, steps: offsets.Steps, arrivals: Sequence[Arrival], apply: _Apply) -> Settled:
        topic, new = self.subscription.topic, 0
        async with self.pool.acquire() as connection, connection.transaction():
            await offsets.move(connection, self.consumer, topic, epoch=self.epoch, steps=steps)
            held: set[str] = set()
            if self.parked:
                keys = {one.key for one in arrivals}
                held = await parking.held_among(connection, self.consumer, topic, keys=keys)
            work = Isolation(connection, self.subscription.handler, self.subscription.known, held)
            await apply(work, arrivals)
            if work.failed:
                new = await parking.park(connection, self.consumer, work.failed, first_seconds=FIRST_RETRY_SECONDS)
        self.parked += new
        return Settled(work.applied, work.failed)
