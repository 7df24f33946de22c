"""A made-up Kafka: one topic, whose records are lost, doubled and late, and which is away now and then."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiokafka.errors import KafkaConnectionError
from chassis.consumer.events import Arrival
from chassis.consumer.memory_topic import MemoryTopic
from chassis.consumer.source import OpenSource, TopicSource
from chassis.relay.pages import Entry
from chassis.relay.tail import Last

from simulation.chance import Chance, Fault
from simulation.process import Process

_LATEST_SECONDS = 5.0


@dataclass
class MadeUpBroker:
    """The broker of one topic."""

    topic: MemoryTopic
    chance: Chance
    up: bool = True
    landing: set["asyncio.Task[None]"] = field(default_factory=set)

    async def restart(self, seconds: float) -> None:
        """Go away and come back with everything that was acknowledged."""
        self.up = False
        self.topic.sever()
        await asyncio.sleep(seconds)
        self.up = True

    async def answer(self, process: Process, what: str) -> None:
        """A call that changes nothing. Raises KafkaConnectionError."""
        await process.awake()
        await self.chance.moment()
        fault = self.chance.fault(f"{process.name} {what}")
        if fault is Fault.FROZEN:
            process.freeze(self.chance.seconds(4.0, 18.0))
            await process.awake()
        elif not self.up or fault is not None:
            raise KafkaConnectionError("the broker does not answer")

    def for_relay(self, process: Process) -> "RelaysBroker":
        """The broker as a relay's process sees it."""
        return RelaysBroker(self, process)

    def for_consumer(self, process: Process) -> OpenSource:
        """The topic as a consumer's process sees it."""
        open_topic = self.topic.opener()

        @asynccontextmanager
        async def open_source(topic: str) -> AsyncIterator[TopicSource]:
            await self.answer(process, "open topic")
            async with open_topic(topic) as source:
                yield _Far(source, self, process)

        return open_source


@dataclass
class RelaysBroker:
    """What a relay asks of Kafka."""

    broker: MadeUpBroker
    process: Process

    async def ensure_topic(self, topic: str, *, partitions: int) -> None:
        await self.broker.answer(self.process, "ensure topic")

    async def tail(self, topic: str, *, partitions: int) -> Mapping[int, Last]:
        await self.broker.answer(self.process, "tail")
        ends = {number: held[-1] for number, held in self.broker.topic.records.items() if held}
        return {number: _last(ends.get(number)) for number in range(partitions)}

    @asynccontextmanager
    async def open_publisher(self, topic: str, *, epoch: int) -> AsyncIterator["MadeUpPublisher"]:
        await self.broker.answer(self.process, "open publisher")
        yield MadeUpPublisher(self.broker, self.process)


@dataclass
class MadeUpPublisher:
    """Sends in order per partition until the first failure; what was on its way then may still land, later."""

    broker: MadeUpBroker
    process: Process
    _last: dict[int, "asyncio.Task[None] | None"] = field(default_factory=dict)
    _jammed: bool = False

    async def send(self, page: Sequence[Entry]) -> "list[asyncio.Future[Any]]":
        await self.process.awake()
        await self.broker.chance.moment()
        by_partition: dict[int, list[Arrival]] = {}
        for entry in page:
            if entry.partition is not None:
                by_partition.setdefault(entry.partition, []).append(_arrival(entry, self.broker.topic.name))
        return [self._launch(partition, arrivals) for partition, arrivals in by_partition.items()]

    def _launch(self, partition: int, arrivals: list[Arrival]) -> "asyncio.Future[Any]":
        ack: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._land(self._last.get(partition), arrivals, ack))
        self._last[partition] = task
        self.broker.landing.add(task)
        task.add_done_callback(self.broker.landing.discard)
        return ack

    async def _land(
        self, before: "asyncio.Task[None] | None", arrivals: list[Arrival], ack: "asyncio.Future[Any]"
    ) -> None:
        if before is not None:
            await before
        await self.broker.chance.moment()
        fault = Fault.BEFORE if self._jammed else self.broker.chance.fault(f"{self.process.name} produce")
        if fault in (Fault.SLOW, Fault.FROZEN):
            await asyncio.sleep(self.broker.chance.seconds(0.1, _LATEST_SECONDS))
        if not self.broker.up or fault is Fault.BEFORE:
            self._refuse(ack)
            return
        self.broker.topic.send(arrivals)
        if fault is None:
            _acknowledge(ack)
            return
        self._refuse(ack)

    def _refuse(self, ack: "asyncio.Future[Any]") -> None:
        self._jammed = True
        if not ack.done():
            ack.set_exception(KafkaConnectionError("the batch was not acknowledged"))
            ack.exception()


@dataclass
class _Far:
    """A topic at the other end of a network."""

    source: TopicSource
    broker: MadeUpBroker
    process: Process

    @property
    def partitions(self) -> tuple[int, ...]:
        return self.source.partitions

    async def fetch(self, *, seconds: float) -> dict[int, list[Arrival]]:
        await self.broker.answer(self.process, "fetch")
        return await self.source.fetch(seconds=seconds)

    def go_to(self, partition: int, offset: int) -> None:
        self.source.go_to(partition, offset)

    def stop(self, partition: int) -> None:
        self.source.stop(partition)

    def resume(self, partition: int) -> None:
        self.source.resume(partition)

    async def position(self, partition: int) -> int:
        await self.broker.answer(self.process, "position")
        return await self.source.position(partition)

    async def ends(self) -> dict[int, int]:
        await self.broker.answer(self.process, "ends")
        return await self.source.ends()


def _last(arrival: Arrival | None) -> Last:
    return Last() if arrival is None else Last(arrival.pseq, arrival.position)


def _acknowledge(ack: "asyncio.Future[Any]") -> None:
    if not ack.done():
        ack.set_result(None)


def _arrival(entry: Entry, topic: str) -> Arrival:
    assert entry.partition is not None and entry.pseq is not None and entry.body is not None
    return Arrival(
        topic,
        entry.partition,
        entry.pseq,
        entry.position,
        entry.key or "",
        entry.recorded_at,
        entry.traceparent,
        entry.body,
    )
