"""The port of the broker that a relay publishes to, and its real side."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from chassis.kafka_connection import KafkaConnection
from chassis.relay.pages import Entry
from chassis.relay.publisher import open_publisher
from chassis.relay.tail import Last, kafka_tail
from chassis.relay.topic import ensure_topic


class Sender(Protocol):
    """Sends pages in order; what failed once is thrown away."""

    async def send(self, page: Sequence[Entry]) -> Sequence[Any]:
        """Hand a page over; returns the acknowledgements to wait for, in order."""


class Broker(Protocol):
    """What a relay asks of Kafka."""

    async def ensure_topic(self, topic: str, *, partitions: int) -> None:
        """Create the topic unless it exists; raises WrongPartitions."""

    async def tail(self, topic: str, *, partitions: int) -> Mapping[int, Last]:
        """Return what each partition ends with."""

    def open_publisher(self, topic: str, *, epoch: int) -> AbstractAsyncContextManager[Sender]:
        """Open a sender for the relay of `epoch`."""


@dataclass(frozen=True, slots=True)
class KafkaBroker:
    """A real Kafka, and what a topic is made with."""

    kafka: KafkaConnection
    replication: int = 1
    min_insync: int = 1

    async def ensure_topic(self, topic: str, *, partitions: int) -> None:
        await ensure_topic(
            self.kafka,
            topic,
            partitions=partitions,
            replication=self.replication,
            min_insync=self.min_insync,
        )

    async def tail(self, topic: str, *, partitions: int) -> Mapping[int, Last]:
        return await kafka_tail(self.kafka, topic, partitions=partitions)

    def open_publisher(self, topic: str, *, epoch: int) -> AbstractAsyncContextManager[Sender]:
        return open_publisher(self.kafka, topic, epoch=epoch)
