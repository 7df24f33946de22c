"""One session of the relay: from the checkpoint on, until something fails."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from chassis.cancellation import unless_astray
from chassis.database import Pool
from chassis.doorbell import Doorbell, listening
from chassis.relay.broker import Broker, Sender
from chassis.relay.checkpoint import Checkpoint, advance, claim
from chassis.relay.pace import Pace
from chassis.relay.pages import Bounds, Entry, page_after
from chassis.relay.repair import republish_lost
from chassis.task_group import TaskGroup

_PAGES_AHEAD = 2
_CHECKPOINT_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Target:
    """Where to publish."""

    broker: Broker
    topic: str


@dataclass(frozen=True, slots=True)
class _Sent:
    checkpoint: Checkpoint
    acks: "Sequence[asyncio.Future[Any]]"


@dataclass(slots=True)
class Session:
    """Fetches, sends and acknowledges as three tasks, so that each page is fetched while the last is in flight."""

    pool: Pool
    target: Target
    epoch: int
    pace: Pace = field(default_factory=Pace)
    _fetched: "asyncio.Queue[Sequence[Entry]]" = field(init=False)
    _sent: "asyncio.Queue[_Sent]" = field(init=False)

    def __post_init__(self) -> None:
        self._fetched = asyncio.Queue(_PAGES_AHEAD)
        self._sent = asyncio.Queue(_PAGES_AHEAD)

    async def run(self) -> None:
        """Publish until cancelled or an error ends it."""
        async with self.pool.acquire() as connection:
            start = await claim(connection, self.target.topic, epoch=self.epoch)
        broker, topic = self.target.broker, self.target.topic
        await broker.ensure_topic(topic, partitions=len(start.pseqs))
        async with broker.open_publisher(topic, epoch=self.epoch) as publisher:
            await republish_lost(self.pool, publisher, broker, topic, start, pace=self.pace)
            async with listening(self.pool, "log_appended") as doorbell, TaskGroup() as tasks:
                tasks.create_task(unless_astray(self._fetch(start.position, doorbell)))
                tasks.create_task(unless_astray(self._send(publisher, start)))
                tasks.create_task(unless_astray(self._acknowledge()))

    async def _fetch(self, position: int, doorbell: Doorbell) -> None:
        async with self.pool.acquire() as connection:
            while True:
                bounds = Bounds(self.pace.bytes)
                page = await page_after(connection, position, bounds=bounds)
                if page:
                    position = page[-1].position
                    await self._fetched.put(page)
                if not bounds.reached_by(page):
                    # Whatever was committed since this page was read has rung, or will.
                    await doorbell.rung()

    async def _send(self, publisher: Sender, start: Checkpoint) -> None:
        pseqs = list(start.pseqs)
        while True:
            page = await self._fetched.get()
            acks = await publisher.send(page)
            for entry in page:
                if entry.partition is not None and entry.pseq is not None:
                    pseqs[entry.partition] = entry.pseq
            await self._sent.put(_Sent(Checkpoint(page[-1].position, tuple(pseqs)), acks))

    async def _acknowledge(self) -> None:
        """Move the checkpoint after the acknowledgement; at most every 50 ms, since a repeat costs nothing."""
        loop = asyncio.get_running_loop()
        async with self.pool.acquire() as connection:
            while True:
                reached = await self._acknowledged(await self._sent.get())
                until = loop.time() + _CHECKPOINT_SECONDS
                while (left := until - loop.time()) > 0:
                    try:
                        async with asyncio.timeout(left):
                            sent = await self._sent.get()
                    except TimeoutError:
                        break
                    reached = await self._acknowledged(sent)
                await advance(connection, self.target.topic, reached, epoch=self.epoch)
                # Not sooner: a larger page that fails would take this one with it, again and again.
                self.pace.succeeded()

    async def _acknowledged(self, sent: _Sent) -> Checkpoint:
        for ack in sent.acks:
            await ack
        return sent.checkpoint
