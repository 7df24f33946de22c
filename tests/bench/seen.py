"""Sees when events become visible in a read model: by its doorbell, then by reading, as a live timeline does."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import asyncpg
from bench.measuring import WrongAnswer

DEADLINE_SECONDS = 120.0
POLL_SECONDS = 0.2


@dataclass(frozen=True)
class ReadModel:
    """Where to listen and what to ask: positions after the first argument; the last position; how many there are."""

    dsn: str
    channel: str
    after: str
    last: str
    count: str


@dataclass(frozen=True)
class Stand:
    """The last position, and how many there are. To count is to scan, so it is asked only once the last is there."""

    last: int
    count: int

    def after(self, events: int) -> "Stand":
        return Stand(self.last + events, self.count + events)


@dataclass
class Watcher:
    """`at` is when each position was first seen (perf_counter), all of them in order of position."""

    connection: Any
    model: ReadModel
    at: dict[int, float] = field(default_factory=dict)
    _bell: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self, *_: object) -> None:
        self._bell.set()

    async def watch(self) -> None:
        """Note every position as soon as it can be read, until cancelled."""
        whole = await self.connection.fetchval(self.model.count)
        while True:
            for (position,) in await self.connection.fetch(self.model.after, whole):
                self.at.setdefault(position, time.perf_counter())
            while whole + 1 in self.at:
                whole += 1
            await self._rung()

    async def stands(self) -> "Stand":
        """How far the read model is."""
        last = await self.connection.fetchval(self.model.last)
        return Stand(last or 0, await self.connection.fetchval(self.model.count))

    async def until(self, stand: "Stand") -> float:
        """Wait until the read model is so far; when that was seen."""
        await self._at_least(self.model.last, stand.last)
        await self._at_least(self.model.count, stand.count)
        return time.perf_counter()

    async def _at_least(self, question: str, wanted: int) -> None:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while (await self.connection.fetchval(question) or 0) < wanted:
            if time.monotonic() > deadline:
                raise WrongAnswer(f"the read model never came to {wanted}: {question}")
            await self._rung()

    async def _rung(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL_SECONDS):
                await self._bell.wait()
        self._bell.clear()


@asynccontextmanager
async def open_watcher(model: ReadModel) -> AsyncIterator[Watcher]:
    """A watcher on a connection of its own."""
    connection = await asyncpg.connect(model.dsn)
    watcher = Watcher(connection, model)
    await connection.add_listener(model.channel, watcher.ring)
    try:
        yield watcher
    finally:
        await connection.close()
