"""Telling our own cancellation from one that a library lets out.

When a connection breaks, aiokafka cancels the futures that its callers await. To asyncio a task that ends so was
cancelled on purpose, and a TaskGroup says nothing: the work would stand still for good, with nothing in any log.
"""

import asyncio
from collections.abc import Awaitable

from chassis.errors import TransientFailure


class StrayCancellation(TransientFailure):
    """What was awaited was cancelled although nobody cancelled us; the same work may succeed on a new connection."""


async def unless_astray(work: Awaitable[None]) -> None:
    """Await `work`, which runs in this task. Raises StrayCancellation when it is cancelled and this task is not."""
    task = asyncio.current_task()
    before = task.cancelling() if task else 0
    try:
        await work
    except asyncio.CancelledError as error:
        if task is not None and task.cancelling() > before:
            raise
        raise StrayCancellation("a library cancelled what was awaited; open its connection anew") from error
