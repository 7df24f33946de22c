"""Fetches from the owner's log in the background, so that one partition's hole does not stop the others."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from types import TracebackType
from typing import Self

from chassis.clock import Clock
from chassis.consumer.events import Arrival
from chassis.consumer.owner_log import OwnerLog
from chassis.consumer.sequence import Mark
from chassis.failures import backoff_seconds
from chassis.logging import get_logger
from chassis.retrying import Attempt

# Younger events are left to Kafka: they are probably on their way.
SETTLED_AFTER = timedelta(seconds=2)
_log = get_logger(__name__)


class Refills:
    """At most one fetch per partition at a time; leaving the context cancels them."""

    def __init__(self, owner: OwnerLog, topic: str, clock: Clock) -> None:
        self._owner = owner
        self._topic = topic
        self._clock = clock
        self._tasks: dict[int, asyncio.Task[list[Arrival]]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def __contains__(self, partition: int) -> bool:
        return partition in self._tasks

    def __bool__(self) -> bool:
        return bool(self._tasks)

    def fill(self, partition: int, mark: Mark) -> None:
        """Fetch what follows `mark`, however long it takes: the partition waits for it."""
        self._tasks[partition] = asyncio.create_task(self._insist(partition, mark))

    def check(self, partition: int, mark: Mark) -> None:
        """Ask once whether the owner has anything after `mark` that should be on Kafka by now."""
        self._tasks[partition] = asyncio.create_task(self._ask(partition, mark))

    def finished(self) -> Iterable[tuple[int, list[Arrival]]]:
        """Yield what has come back since the last call."""
        for partition in [number for number, task in self._tasks.items() if task.done()]:
            yield partition, self._tasks.pop(partition).result()

    async def _insist(self, partition: int, mark: Mark) -> list[Arrival]:
        attempt = 0
        while True:
            attempt += 1
            with Attempt() as tried:
                found = await self._owner.after(self._topic, partition=partition, mark=mark)
                if found:
                    return found
                _log.error("The owner's log lacks what Kafka lacks", topic=self._topic, partition=partition)
            if tried.error is not None:
                _log.warning("The owner's log is away; trying again", topic=self._topic, partition=partition)
            await asyncio.sleep(backoff_seconds(attempt, first=0.1, ceiling=5.0))

    async def _ask(self, partition: int, mark: Mark) -> list[Arrival]:
        found: list[Arrival] = []
        with Attempt():
            found = await self._owner.after(self._topic, partition=partition, mark=mark)
        latest = self._clock.now() - SETTLED_AFTER
        return [one for one in found if one.recorded_at <= latest]
