"""Ours: intake over HTTP, its relay and journey, three processes that do all they do in production."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count as counting

import msgspec
from bench.http_batches import BATCH as POSTED
from bench.http_batches import OK, post_all
from bench.http_sender import Sender, open_sender
from bench.measuring import WrongAnswer
from bench.pipeline import BATCH
from bench.seen import ReadModel
from bench.services import Services
from bench.victims import VICTIMS, batches_of, raw_events

CONNECTIONS = 16


class _Receipt(msgspec.Struct):
    position: int


class _Item(msgspec.Struct):
    receipt: _Receipt


class _Answer(msgspec.Struct):
    results: list[_Item]


_answer = msgspec.json.Decoder(_Answer)


@dataclass(frozen=True)
class OurPipeline:
    """Cases and victims are known; visible is what a timeline can read."""

    services: Services
    senders: "asyncio.Queue[Sender]"
    read_model: ReadModel
    name: str = "ours: HTTP, checks, sealing, chain, exactly once"
    runs: Iterator[int] = field(default_factory=counting)

    def batches(self, count: int) -> list[bytes]:
        return list(batches_of(raw_events(count, run=f"paced{next(self.runs)}"), BATCH))

    async def accept(self, batch: bytes) -> list[int]:
        sender = await self.senders.get()
        try:
            status, answer = await sender.post(batch)
        finally:
            self.senders.put_nowait(sender)
        if status != OK:
            raise WrongAnswer(f"intake answered {status}: {answer[:300]!r}")
        return [item.receipt.position for item in _answer.decode(answer).results]

    async def pump(self, count: int) -> float:
        bodies = list(batches_of(raw_events(count, run=f"pump{next(self.runs)}"), POSTED))
        token = await self.services.token()
        started = time.perf_counter()
        await post_all([self.services.intake_url], token, bodies)
        return started


@asynccontextmanager
async def open_our_pipeline(services: Services) -> AsyncIterator[OurPipeline]:
    """Relay and journey started, a thousand victims known."""
    await services.start_pipeline()
    token = await services.token()
    await post_all([services.intake_url], token, list(batches_of(raw_events(VICTIMS, run="known"), POSTED)))
    senders: asyncio.Queue[Sender] = asyncio.Queue()
    async with AsyncExitStack() as stack:
        for _ in range(CONNECTIONS):
            senders.put_nowait(await stack.enter_async_context(open_sender(services.intake_url, token)))
        model = ReadModel(
            services.dsn("journey"),
            "timeline_changed",
            "SELECT position FROM fact WHERE topic = 1 AND position > $1 ORDER BY position",
            "SELECT max(position) FROM fact WHERE topic = 1",
            "SELECT count(*) FROM fact WHERE topic = 1",
        )
        yield OurPipeline(services, senders, model)
