"""Long work in short stretches, so that what waits for this process does not wait for all of it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import TypeVar

_Item = TypeVar("_Item")


async def stretches(items: Sequence[_Item], *, of: int) -> AsyncIterator[Sequence[_Item]]:
    """Parts of at most `of` items, in order; between two of them everything else that is ready gets its turn.

    A flush holds the log's head over several round trips: each of them would wait for a whole batch to be sealed, and
    with it every other process that shares the log.
    """
    for start in range(0, len(items), of):
        if start:
            await asyncio.sleep(0)
        yield items[start : start + of]
