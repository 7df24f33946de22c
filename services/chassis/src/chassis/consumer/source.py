"""The port of a topic to read from; the real side is in `chassis.consumer.kafka`, the fake in `memory_topic`."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from chassis.consumer.events import Arrival
from chassis.errors import TransientFailure


class TopicMissing(TransientFailure):
    """The broker does not have the topic yet; its relay creates it."""


class TopicSource(Protocol):
    """All partitions of one topic, read from wherever the consumer says; it commits nothing anywhere."""

    @property
    def partitions(self) -> tuple[int, ...]:
        """The partitions of the topic."""

    async def fetch(self, *, seconds: float) -> dict[int, list[Arrival]]:
        """Return what has come, as soon as anything has, or nothing after `seconds`."""

    def go_to(self, partition: int, offset: int) -> None:
        """Read on from `offset`; from the earliest there is when it is no longer, or not yet, there."""

    def stop(self, partition: int) -> None:
        """Fetch nothing from this partition until `resume`."""

    def resume(self, partition: int) -> None:
        """Fetch from this partition again."""

    async def position(self, partition: int) -> int:
        """Return the offset that is read next."""

    async def ends(self) -> dict[int, int]:
        """Ask the broker for the offset after the last record of each partition."""


OpenSource = Callable[[str], AbstractAsyncContextManager[TopicSource]]
