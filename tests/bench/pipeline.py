"""What is measured of a pipeline from end to end: latency at a steady pace, and the most it sustains."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bench.measuring import WrongAnswer
from bench.seen import ReadModel, open_watcher

PACE = 2_000
BATCH = 20
WARM_SECONDS = 1
SETTLE_SECONDS = 60.0


class Pipeline(Protocol):
    """Takes batches in at one end; at the other is a read model."""

    @property
    def name(self) -> str: ...

    @property
    def read_model(self) -> ReadModel: ...

    def batches(self, count: int) -> list[bytes]:
        """Batches of BATCH events, `count` events in all, never sent before."""

    async def accept(self, batch: bytes) -> list[int]:
        """Send one batch; returns the positions of its events once they are on disk."""

    async def pump(self, count: int) -> float:
        """Send so many new events as fast as the pipeline takes them; when the first was sent."""


@dataclass(frozen=True)
class Latency:
    """In milliseconds: from the receipt to visible, and from the moment it should have been sent to visible."""

    accepted: Sequence[float]
    sent: Sequence[float]


async def paced(pipeline: Pipeline, *, seconds: int) -> Latency:
    """2,000 events a second in batches of 20, each sent when its time has come, whatever became of the others."""
    batches = pipeline.batches(PACE * (seconds + WARM_SECONDS))
    async with open_watcher(pipeline.read_model) as watcher:
        watching = asyncio.create_task(watcher.watch())
        started = time.perf_counter() + 0.1
        due = [started + number * BATCH / PACE for number in range(len(batches))]
        sent = await asyncio.gather(*[_send(pipeline, batch, at) for batch, at in zip(batches, due, strict=True)])
        await _until_seen(watcher.at, [position for _, _, positions in sent for position in positions])
        watching.cancel()
        seen = watcher.at
    counted = [one for one in sent if one[0] >= started + WARM_SECONDS]
    return Latency(
        accepted=[1e3 * (seen[position] - receipt) for _, receipt, positions in counted for position in positions],
        sent=[1e3 * (seen[position] - at) for at, _, positions in counted for position in positions],
    )


async def sustained(pipeline: Pipeline, *, count: int) -> float:
    """Events per second from the first one sent to the last one visible."""
    async with open_watcher(pipeline.read_model) as watcher:
        before = await watcher.stands()
        started = await pipeline.pump(count)
        return count / (await watcher.until(before.after(count)) - started)


def percentile(values: Sequence[float], of_hundred: int) -> float:
    return statistics.quantiles(values, n=100)[of_hundred - 1]


async def _send(pipeline: Pipeline, batch: bytes, at: float) -> tuple[float, float, list[int]]:
    await asyncio.sleep(max(0.0, at - time.perf_counter()))
    positions = await pipeline.accept(batch)
    return at, time.perf_counter(), positions


async def _until_seen(seen: dict[int, float], positions: Sequence[int]) -> None:
    deadline = time.monotonic() + SETTLE_SECONDS
    while missing := sum(1 for position in positions if position not in seen):
        if time.monotonic() > deadline:
            raise WrongAnswer(f"{missing} accepted events never became visible")
        await asyncio.sleep(0.05)
