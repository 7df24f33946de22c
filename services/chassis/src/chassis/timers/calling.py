"""Calling outside for what is due: claimed, called with no transaction open, and what became of it written down."""

import asyncio
from collections.abc import Iterator, Sequence

from chassis.database import Pool
from chassis.failures import is_transient
from chassis.retrying import Attempt
from chassis.task_group import TaskGroup
from chassis.timers import claim
from chassis.timers.claim import Failure, Lane, Term, unless_fenced
from chassis.timers.numbers import TimerNumbers
from chassis.timers.timer import CallingHandler, DueTimer

AT_ONCE = 16
# So many in all fit into the time for a piece where a call takes two seconds; one that has no answer then is put off.
MOST_CALLED = 64
PIECE_SECONDS = 10.0


class KindCalling:
    """Calls for timers of one kind; as many in a piece as get their answers in its time."""

    def __init__(
        self,
        pool: Pool,
        *,
        kind: str,
        handler: CallingHandler,
        numbers: TimerNumbers,
        piece_seconds: float = PIECE_SECONDS,
    ) -> None:
        self._pool, self._kind, self._handler, self._numbers = pool, kind, handler, numbers
        self._seconds = piece_seconds
        self._size = MOST_CALLED
        self._away = False

    def rested(self) -> None:
        """Time has passed since the last look."""
        self._away = False

    async def turn(self, lane: Lane, term: Term) -> bool:
        """Call for one piece; false when there was nothing to do, so that asking again at once is of no use."""
        if lane is Lane.AGAIN and self._away:
            return False
        async with self._pool.acquire() as connection:
            timers = await claim.due(connection, self._kind, lane, limit=self._size)
        if not timers:
            return False
        answers = await call_each(self._handler, timers, seconds=self._seconds)
        late = any(isinstance(error, TimeoutError) for _, error in answers)
        self._size = max(1, len(timers) // 2) if late else min(MOST_CALLED, 2 * self._size)
        # Where none got through and it may pass, the rest of what was put off is not tried: who is called is away.
        self._away = all(error is not None and is_transient(error) for _, error in answers)
        return await self._settle(answers, term)

    async def _settle(self, answers: Sequence[tuple[DueTimer, Exception | None]], term: Term) -> bool:
        done = [timer for timer, error in answers if error is None]
        failures: list[Failure] = [(timer, error) for timer, error in answers if error is not None]
        async with self._pool.acquire() as connection:
            taken = await claim.take(connection, term, done) if done else []
            kept = await claim.keep(connection, term, failures) if failures else claim.Kept()
        self._numbers.fired.inc(len(taken))
        self._numbers.note_kept(self._kind, kept)
        return bool(taken) or kept.kept > 0


async def call_each(
    handler: CallingHandler, timers: Sequence[DueTimer], *, seconds: float
) -> list[tuple[DueTimer, Exception | None]]:
    """Make the calls, a few at a time; returns each with its failure, TimeoutError for what has no answer in time."""
    answers: dict[str, Exception | None] = {timer.key: TimeoutError() for timer in timers}
    waiting = iter(timers)
    try:
        async with asyncio.timeout(seconds), TaskGroup() as group:
            for _ in range(min(AT_ONCE, len(timers))):
                group.create_task(_call_in_turn(handler, waiting, answers))
    except TimeoutError:
        pass
    return [(timer, answers[timer.key]) for timer in timers]


async def _call_in_turn(
    handler: CallingHandler, waiting: Iterator[DueTimer], answers: dict[str, Exception | None]
) -> None:
    for timer in waiting:
        with Attempt(unless_fenced) as tried:
            await handler.call(timer)
        answers[timer.key] = tried.error
