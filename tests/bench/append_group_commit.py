"""Ours in one process: compose (seal, digest), then append by group commit (number, chain), batches of 512."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.clean_database import clean_database
from bench.measuring import WrongAnswer, demand
from chassis.database import Pool, open_pool
from chassis.log.appender import GroupCommit
from chassis.log.epoch import join_epoch
from chassis.log.reader import read_after
from chassis.log.records import Receipt, Submission
from chassis.log.verify import verify_chain
from chassis.vault.composing import Draft, EventComposer
from support.databases import CHASSIS, Databases

BATCH = 512
CALLERS = 4
"""At once, in all processes together."""


@dataclass(frozen=True)
class GroupCommitAppend:
    """A few callers at once, as there are a few requests at once."""

    databases: Databases
    composer: EventComposer
    drafts: Sequence[Draft]
    name: str = "our log: sealed, digested, chained, one process"

    async def measure(self) -> float:
        async with clean_database(self.databases, CHASSIS) as dsn, open_pool(dsn, size=4) as pool:
            async with GroupCommit(pool, await join_epoch(pool)) as log:
                started = time.perf_counter()
                await append_all(log, self.composer, self.drafts, callers=CALLERS)
                seconds = time.perf_counter() - started
            demand("events whose chain holds", found=await chained(pool), expected=len(self.drafts))
        return len(self.drafts) / seconds


async def append_all(log: GroupCommit, composer: EventComposer, drafts: Sequence[Draft], *, callers: int) -> None:
    """By a few callers at once. Raises WrongAnswer when an event is refused."""
    batches = iter([drafts[at : at + BATCH] for at in range(0, len(drafts), BATCH)])
    await asyncio.gather(*[_caller(log, composer, batches) for _ in range(callers)])


async def _caller(log: GroupCommit, composer: EventComposer, batches: Iterator[Sequence[Draft]]) -> None:
    for drafts in batches:
        events = await composer.compose(drafts)
        results = await log.append_all([Submission((event,)) for event in events])
        if not all(isinstance(one, Receipt) for each in results for one in each):
            raise WrongAnswer("an event was refused")


async def chained(pool: Pool) -> int:
    """How many records the log holds. Raises BrokenChain."""
    async with pool.acquire() as connection:
        records = await read_after(connection, 0, limit=10_000_000)
    verify_chain(records)
    return len(records)
