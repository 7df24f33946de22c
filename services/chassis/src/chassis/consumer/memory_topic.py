"""A topic in memory, with Kafka's faults on demand: records lost, doubled, wiped; a connection that freezes, breaks."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from msgspec import structs

from chassis.consumer.events import Arrival
from chassis.consumer.source import OpenSource, TopicSource


@dataclass(slots=True)
class MemoryTopic:
    """What the broker holds, and all that was ever `sent`.

    `frozen` connections answer and deliver nothing, until they are opened anew. A `broken` one cancels what its caller
    awaits, as aiokafka does.
    """

    name: str
    partitions: int = 4
    opened: int = 0
    frozen: bool = False
    broken: bool = False
    records: dict[int, list[Arrival]] = field(default_factory=dict)
    sent: list[Arrival] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def send(self, arrivals: Iterable[Arrival]) -> None:
        """Append records at the end of their partitions."""
        for arrival in arrivals:
            self.sent.append(arrival)
            held = self.records.setdefault(arrival.partition, [])
            held.append(structs.replace(arrival, next_offset=len(held) + 1))
        self.changed.set()

    def wipe(self) -> None:
        """Lose everything, as a broker does with its disk."""
        self.records.clear()

    def freeze(self) -> None:
        """Let the open connection stall; the next one works."""
        self.frozen = True

    def sever(self) -> None:
        """Break the open connection; the next one works."""
        self.broken = True
        self.changed.set()

    def opener(self) -> OpenSource:
        """Return what opens this topic for a consumer."""

        @asynccontextmanager
        async def open_topic(topic: str) -> AsyncIterator[TopicSource]:
            assert topic == self.name, f"this is {self.name}"  # noqa: S101 a fake, for tests
            self.opened += 1
            self.frozen = self.broken = False
            yield MemorySource(self)

        return open_topic


class MemorySource:
    """One connection to a MemoryTopic."""

    def __init__(self, topic: MemoryTopic) -> None:
        self._topic = topic
        self._offsets = dict.fromkeys(range(topic.partitions), 0)
        self._stopped: set[int] = set()

    @property
    def partitions(self) -> tuple[int, ...]:
        return tuple(self._offsets)

    async def fetch(self, *, seconds: float) -> dict[int, list[Arrival]]:
        self._topic.changed.clear()
        found = self._available()
        if found:
            return found
        try:
            await asyncio.wait_for(self._topic.changed.wait(), seconds)
        except TimeoutError:
            return {}
        return self._available()

    def go_to(self, partition: int, offset: int) -> None:
        end = len(self._topic.records.get(partition, []))
        self._offsets[partition] = offset if offset <= end else 0

    def stop(self, partition: int) -> None:
        self._stopped.add(partition)

    def resume(self, partition: int) -> None:
        self._stopped.discard(partition)

    async def position(self, partition: int) -> int:
        return self._offsets[partition]

    async def ends(self) -> dict[int, int]:
        return {partition: len(self._topic.records.get(partition, [])) for partition in self._offsets}

    def _available(self) -> dict[int, list[Arrival]]:
        if self._topic.broken:
            raise asyncio.CancelledError
        if self._topic.frozen:
            return {}
        found = {}
        for partition, offset in self._offsets.items():
            held = self._topic.records.get(partition, [])
            if offset > len(held):
                offset = 0
            if partition not in self._stopped and held[offset:]:
                found[partition] = held[offset:]
                self._offsets[partition] = len(held)
        return found
