"""Firing what is due, one kind after the other, each piece in a transaction of its own.

A piece that fails is tried again with half as many, so that one timer that cannot be handled is found and recorded and
holds up no other; each piece that goes through doubles the next. What was put off is tried singly first, in the order
in which its time came: one that fails goes behind the others.
"""

from collections.abc import Sequence

from chassis.database import Pool
from chassis.failures import is_transient, may_be_too_much
from chassis.retrying import Attempt
from chassis.timers import claim
from chassis.timers.claim import Lane, Term, unless_fenced
from chassis.timers.numbers import TimerNumbers
from chassis.timers.timer import DueTimer, LockingHandler, TimerHandler

BATCH = 500
# After so many in a row that fail for the moment, what was put off rests until the next look: what it needs is away.
MOST_IN_A_ROW = 3


class KindFiring:
    """Fires timers of one kind; remembers how many go through at once."""

    def __init__(self, pool: Pool, *, kind: str, handler: TimerHandler, numbers: TimerNumbers) -> None:
        self._pool, self._kind, self._handler, self._numbers = pool, kind, handler, numbers
        self._sizes = {Lane.FIRST: BATCH, Lane.AGAIN: 1}
        self._in_a_row = 0

    def rested(self) -> None:
        """Time has passed since the last look."""
        self._in_a_row = 0

    async def turn(self, lane: Lane, term: Term) -> bool:
        """Fire one piece; false when there was nothing to do, so that asking again at once is of no use."""
        if lane is Lane.AGAIN and self._in_a_row >= MOST_IN_A_ROW:
            return False
        async with self._pool.acquire() as connection:
            timers = await claim.due(connection, self._kind, lane, limit=self._sizes[lane])
        if not timers:
            return False
        with Attempt(unless_fenced) as tried:
            fired = await self._fire(timers, term)
        if tried.error is not None:
            return await self._failed(lane, timers, tried.error, term)
        self._numbers.fired.inc(fired)
        self._sizes[lane] = min(BATCH, 2 * self._sizes[lane])
        self._in_a_row = 0
        return fired > 0

    async def _fire(self, timers: Sequence[DueTimer], term: Term) -> int:
        """Locks in the one order: what the handler decides about, the timers, and the log's head when it appends."""
        async with self._pool.acquire() as connection, connection.transaction():
            if isinstance(self._handler, LockingHandler):
                await self._handler.lock(connection, timers)
            taken = await claim.take(connection, term, timers)
            if taken:
                await self._handler.fire(connection, taken)
        return len(taken)

    async def _failed(self, lane: Lane, timers: Sequence[DueTimer], error: Exception, term: Term) -> bool:
        whole = lane is Lane.FIRST and is_transient(error) and not may_be_too_much(error)
        if len(timers) > 1 and not whole:
            self._sizes[lane] = len(timers) // 2
            return True
        self._in_a_row += lane is Lane.AGAIN and is_transient(error)
        async with self._pool.acquire() as connection:
            kept = await claim.keep(connection, term, [(timer, error) for timer in timers])
        self._numbers.note_kept(self._kind, kept)
        return kept.kept > 0
