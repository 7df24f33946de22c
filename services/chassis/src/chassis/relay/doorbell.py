"""The doorbell: NOTIFY without data; whoever hears it reads again by position."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from chassis.database import Pool


class Doorbell:
    """Rings may be missed, so waiting ends after `seconds` at the latest."""

    def __init__(self, *, seconds: float = 1.0) -> None:
        self._bell = asyncio.Event()
        self._seconds = seconds

    def ring(self, *_notification: object) -> None:
        """Wake whoever waits, or the next who will."""
        self._bell.set()

    async def rung(self) -> None:
        """Wait for a ring since the last wait, or for the poll."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._seconds):
                await self._bell.wait()
        self._bell.clear()


@asynccontextmanager
async def listening(pool: Pool, channel: str, *, seconds: float = 1.0) -> AsyncIterator[Doorbell]:
    """Listen on a connection of the pool for as long as the context lasts."""
    doorbell = Doorbell(seconds=seconds)
    async with pool.acquire() as connection:
        await connection.add_listener(channel, doorbell.ring)
        try:
            yield doorbell
        finally:
            await connection.remove_listener(channel, doorbell.ring)
