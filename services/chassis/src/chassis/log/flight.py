"""One flush in its own transaction, with the failure policy of the log."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from chassis.database import Pool, is_data_fault, is_database_trouble
from chassis.log.admission import Outcome, PreparedSubmission
from chassis.log.errors import LogUnavailable, UnstorableEvent
from chassis.log.records import Refusal
from chassis.log.writing import AppendGuard, write_batch


@dataclass(frozen=True, slots=True)
class Flight:
    """Writes batches through a pool; `seconds` bounds each attempt."""

    pool: Pool
    epoch: int
    guard: AppendGuard | None
    seconds: float

    async def write(self, batch: Sequence[PreparedSubmission], written: asyncio.Event) -> list[Outcome]:
        """Record a batch and commit; `written` is set as soon as the next batch may start.

        A lost connection is retried once: what the first attempt did commit is then found as a duplicate. A value that
        PostgreSQL refuses is looked for by halving, so that it refuses only its own submission. Raises LogUnavailable
        when PostgreSQL is away, and Fenced.
        """
        try:
            return await self._twice(batch, written)
        except Exception as error:
            if not is_data_fault(error):
                raise
        if len(batch) == 1:
            return [Refusal(UnstorableEvent("PostgreSQL cannot store a value of this event; it was left out."))]
        half = len(batch) // 2
        return [*await self.write(batch[:half], written), *await self.write(batch[half:], written)]

    async def _twice(self, batch: Sequence[PreparedSubmission], written: asyncio.Event) -> list[Outcome]:
        try:
            return await self._once(batch, written)
        except Exception as error:
            if not is_database_trouble(error):
                raise
        try:
            return await self._once(batch, written)
        except Exception as error:
            if not is_database_trouble(error):
                raise
            raise LogUnavailable("The log's database does not answer; send the events again later.") from error

    async def _once(self, batch: Sequence[PreparedSubmission], written: asyncio.Event) -> list[Outcome]:
        async with asyncio.timeout(self.seconds), self.pool.acquire(timeout=self.seconds) as connection:
            async with connection.transaction():
                outcomes = await write_batch(connection, batch, epoch=self.epoch, guard=self.guard)
                written.set()
            return outcomes
