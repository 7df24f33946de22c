"""One flush in its own transaction, with the failure policy of the log."""

import asyncio
from collections.abc import Sequence
from typing import Final

from chassis.database import Pool, is_data_fault, is_database_trouble, is_duplicate
from chassis.errors import OutcomeNotKnown, TransientFailure
from chassis.log.admission import Outcome, PreparedSubmission
from chassis.log.errors import LogUnavailable, UnstorableEvent
from chassis.log.records import Refusal
from chassis.log.writing import AppendGuard, Load, Terms, write_batch

NOT_KNOWN: Final = "The log did not say whether the events are recorded; send the same events again."


class Flight:
    """Writes batches through a pool; `seconds` bounds each attempt."""

    def __init__(self, pool: Pool, epoch: int, guard: AppendGuard | None, *, seconds: float) -> None:
        self._pool, self._seconds = pool, seconds
        self._hopeful = Terms(epoch, guard, looking=False)
        self._looking = Terms(epoch, guard, looking=True)
        # Duplicates come in runs (a retried batch, a file imported again): after one, look for a while.
        self._terms = self._hopeful

    async def write(self, load: Load, written: asyncio.Event) -> list[Outcome]:
        """Record what `load` gives and commit; `written` is set as soon as the next batch may start.

        A lost connection is retried once: what the first attempt did commit is then found as a duplicate. A value that
        PostgreSQL refuses is looked for by halving, so that it refuses only its own submission. Raises LogUnavailable
        when PostgreSQL is away, OutcomeNotKnown when it went away in a commit, and Fenced.
        """
        try:
            return await self._with_patience(load, written)
        except Exception as error:
            if not is_data_fault(error):
                raise
        batch = load()
        if len(batch) == 1:
            return [Refusal(UnstorableEvent("PostgreSQL cannot store a value of this event; it was left out."))]
        half = len(batch) // 2
        return [*await self._half(batch[:half], written), *await self._half(batch[half:], written)]

    async def _half(self, batch: Sequence[PreparedSubmission], written: asyncio.Event) -> list[Outcome]:
        """What fails for now is this half's alone: the other may be recorded."""
        try:
            return await self.write(_just(batch), written)
        except TransientFailure as error:
            return [Refusal(error)] * len(batch)

    async def _with_patience(self, load: Load, written: asyncio.Event) -> list[Outcome]:
        try:
            return await self._once(load, written, self._terms)
        except Exception as error:
            if not is_database_trouble(error) and not is_duplicate(error):
                raise
            doubtful = isinstance(error, OutcomeNotKnown)
        return await self._again(load, written, doubtful=doubtful)

    async def _again(self, load: Load, written: asyncio.Event, *, doubtful: bool) -> list[Outcome]:
        """`doubtful`: the first attempt may be recorded, so that a failure of this one says nothing of it."""
        try:
            return await self._once(load, written, self._looking)
        except Exception as error:
            if doubtful or isinstance(error, OutcomeNotKnown):
                raise OutcomeNotKnown(NOT_KNOWN) from error
            if not is_database_trouble(error):
                raise
            raise LogUnavailable("The log's database does not answer; send the events again later.") from error

    async def _once(self, load: Load, written: asyncio.Event, terms: Terms) -> list[Outcome]:
        committing = False
        try:
            async with (
                asyncio.timeout(self._seconds),
                self._pool.acquire(timeout=self._seconds) as connection,
                connection.transaction(),
            ):
                done = await write_batch(connection, load, terms)
                written.set()
                committing = True
        except TimeoutError as error:
            if committing:
                raise OutcomeNotKnown(NOT_KNOWN) from error
            raise
        self._terms = self._looking if done.admission.repeats else self._hopeful
        return done.outcomes()


def _just(batch: Sequence[PreparedSubmission]) -> Load:
    return lambda: batch
