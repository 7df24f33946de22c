"""The reader's side: two consumers of which one works, a timer for each event, and two runners of timers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from chassis.clock import Clock
from chassis.consumer.consumer import Consumer
from chassis.consumer.events import Arrival, ConsumedEvent
from chassis.consumer.owner_log import MemoryOwnerLog, OwnerPage, OwnerUnreachable
from chassis.consumer.parking import retry_parked
from chassis.consumer.sequence import Mark
from chassis.consumer.subscription import Subscription
from chassis.database import Connection
from chassis.errors import TransientFailure
from chassis.timers.failed import retry_failed
from chassis.timers.runner import TimerRunner
from chassis.timers.setting import set_timer
from chassis.timers.timer import DueTimer, Timer
from prometheus_client import CollectorRegistry

from simulation.chance import Chance
from simulation.connection import pool_of
from simulation.process import Process
from simulation.publishing import TYPE
from simulation.statements.effects import APPLY, FIRE
from simulation.tables import Work
from simulation.world import TOPIC, Broken, World

KIND: Final = "reminder"
CONSUMER: Final = "reader"
_PAGE: Final = 5


class NotNow(TransientFailure):
    """What a handler needs is away for the moment."""


class Never(Exception):
    """A fault of the handler's own."""


@dataclass
class Reading:
    """Consumers, runners and what they did."""

    world: World
    due: dict[str, datetime] = field(default_factory=dict)

    async def consumer(self, process: Process) -> None:
        """One consumer."""
        pool = pool_of(self.world.reader, process)
        owner = _OwnersLog(self.world, process)
        await Consumer(
            CONSUMER,
            pool=pool,
            open_source=self.world.broker.for_consumer(process),
            owner_of=lambda _: owner,
            subscriptions=[Subscription(TOPIC, _Applies(self), "", known={TYPE})],
            registry=CollectorRegistry(),
        ).run()

    async def timers(self, process: Process) -> None:
        """One runner."""
        pool = pool_of(self.world.reader, process)
        clock = _WorldClock(self.world)
        handlers = {KIND: _Fires(self.world)}
        await TimerRunner(pool, handlers=handlers, clock=clock, registry=CollectorRegistry()).run()

    async def retry(self) -> None:
        """What a person on call does, now and then, once the faults are mended: try again what had failed."""
        async with pool_of(self.world.reader, Process("person")).acquire() as connection:
            await retry_parked(connection, consumer=CONSUMER)
            await retry_failed(connection)

    def applied(self) -> list[tuple[int, int, str, str]]:
        """Partition, pseq, key and id of what was applied, in the order in which it was committed."""
        rows = [row for _, row in self.world.reader.table("applied").seen(Work())]
        return [row["event"] for row in sorted(rows, key=lambda row: row["n"])]

    def fired(self) -> dict[str, list[datetime]]:
        """When each timer fired."""
        return {str(key): list(row["at"]) for key, row in self.world.reader.table("fired").seen(Work())}

    def done(self, events: int) -> bool:
        """Whether everything is applied and every timer has fired."""
        return len(self.applied()) >= events and len(self.fired()) >= events

    def left(self) -> str:
        """What has not happened yet."""
        parked = list(self.world.reader.table("parked_key").seen(Work()))
        why = sorted({row["reason"] for _, row in parked})
        timers = len(list(self.world.reader.table("timer").seen(Work())))
        return f"{len(self.applied())} applied, parked {why}, {len(self.fired())} fired, {timers} set"

    def verify(self, ids: Sequence[str]) -> None:
        """Each event was applied once, in order of its key, and its timer fired once, not early. Raises Broken."""
        applied = self.applied()
        if sorted(id_ for *_, id_ in applied) != sorted(ids):
            raise Broken("not every event was applied just once")
        last: dict[str, int] = {}
        for _, pseq, key, id_ in applied:
            if pseq <= last.get(key, 0):
                raise Broken(f"{id_} was applied after a later event of {key}")
            last[key] = pseq
        for id_, moments in self.fired().items():
            if len(moments) != 1:
                raise Broken(f"the timer of {id_} fired {len(moments)} times")
            if moments[0] < self.due[id_]:
                raise Broken(f"the timer of {id_} fired early")


def _perhaps_fails(chance: Chance) -> None:
    if chance.happens(chance.handlers_fail / 2):
        raise Never("a fault of this release")
    if chance.happens(chance.handlers_fail / 2):
        raise NotNow("something else is away")


@dataclass
class _Applies:
    reading: Reading

    async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
        world = self.reading.world
        for event in events:
            _perhaps_fails(world.chance)
            id_ = event.header.id
            due = self.reading.due.setdefault(id_, world.now() + timedelta(seconds=world.chance.seconds(0.0, 9.0)))
            await connection.execute(APPLY, event.partition, event.pseq, event.key, id_)
            await set_timer(connection, Timer(KIND, id_, due))


@dataclass
class _Fires:
    world: World

    async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        for timer in timers:
            _perhaps_fails(self.world.chance)
            await connection.execute(FIRE, timer.key)


@dataclass
class _OwnersLog:
    world: World
    process: Process

    async def after(self, topic: str, *, partition: int, mark: Mark, limit: int = _PAGE) -> OwnerPage:
        await self.process.awake()
        await self.world.chance.moment()
        owner = self.world.owner
        if not owner.up or self.world.chance.fault(f"{self.process.name} owner's log") is not None:
            raise OwnerUnreachable("the owner's log does not answer")
        rows = [row for _, row in owner.table("log").seen(Work())]
        log = MemoryOwnerLog([_arrival(topic, row) for row in rows], now=owner.business_now())
        return await log.after(topic, partition=partition, mark=mark, limit=min(limit, _PAGE))


def _arrival(topic: str, row: Mapping[str, Any]) -> Arrival:
    place = row["partition"], row["pseq"], row["position"], row["key"], row["recorded_at"]
    return Arrival(topic, *place, None, row["body"])


@dataclass
class _WorldClock(Clock):
    world: World

    def now(self) -> datetime:
        return self.world.now()

    def new_id(self) -> str:
        return str(self.world.reader.next_number())

    def token(self, nbytes: int) -> str:
        return "x" * nbytes
