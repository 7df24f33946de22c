"""Telling our own cancellation from what a library makes of it, both ways round.

When a connection breaks, aiokafka cancels the futures that its callers await. To asyncio a task that ends so was
cancelled on purpose, and a TaskGroup says nothing: the work would stand still for good, with nothing in any log.

When a task that is cancelled has lost its connection to PostgreSQL, asyncpg's exits raise InterfaceError, which takes
the place of CancelledError: a loop that tries again would begin again, and the task would go on for ever.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from chassis.errors import TransientFailure


class StrayCancellation(TransientFailure):
    """What was awaited was cancelled although nobody cancelled us; the same work may succeed on a new connection."""


def cancelled_since_now() -> Callable[[], bool]:
    """Return what tells whether this task has been told to end, or to leave a time-out, since this call."""
    task = asyncio.current_task()
    before = task.cancelling() if task else 0
    return lambda: task is not None and task.cancelling() > before


@contextmanager
def cancellation_first() -> Iterator[None]:
    """Where this task was cancelled within the block, CancelledError comes out of it, whatever else would have."""
    cancelled = cancelled_since_now()
    try:
        yield
    except Exception as error:
        if cancelled():
            raise asyncio.CancelledError from error
        raise


async def unless_astray(work: Awaitable[None]) -> None:
    """Await `work`, which runs in this task. Raises StrayCancellation when it is cancelled and this task is not."""
    cancelled = cancelled_since_now()
    try:
        await work
    except asyncio.CancelledError as error:
        if cancelled():
            raise
        raise StrayCancellation("a library cancelled what was awaited; open its connection anew") from error
