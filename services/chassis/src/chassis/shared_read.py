"""One reading shared by all who ask for it while the one before is still under way."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class SharedRead(Generic[_Value]):
    """Calls `read` once for all who wait: never before any of them asked, so each sees what was there when it did."""

    def __init__(self, read: Callable[[], Awaitable[_Value]]) -> None:
        self._read = read
        self._under_way: asyncio.Task[_Value] | None = None
        self._next: asyncio.Task[_Value] | None = None

    async def value(self) -> _Value:
        """What is read. Raises what `read` raises, to everybody who waited for it."""
        if self._next is None:
            self._next = asyncio.create_task(self._after(self._under_way))
            self._next.add_done_callback(_seen)
        return await asyncio.shield(self._next)

    async def _after(self, before: asyncio.Task[_Value] | None) -> _Value:
        if before is not None:
            await asyncio.wait([before])
        self._under_way, self._next = self._next, None
        return await self._read()


def _seen(reading: asyncio.Task[_Value]) -> None:
    """Nobody may be left who waits for a failure."""
    if not reading.cancelled():
        reading.exception()
