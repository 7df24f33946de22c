"""The doorbell: NOTIFY without data; whoever hears it reads again by position."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from chassis.database import AWAY, Connection, Pool

POLL_SECONDS = 1.0
BEAT_SECONDS = 5.0
_ANSWER_SECONDS = 1.0


class Doorbell:
    """Rings may be missed, so waiting ends with the poll at the latest.

    A connection that is half open tells nobody: so whoever waits asks it, every `beat` seconds, to answer, and hears by
    an exception of `chassis.database.AWAY` that it does not. Then open another, and look for what was missed.
    """

    def __init__(self, connection: Connection, *, beat: float = BEAT_SECONDS) -> None:
        self._connection, self._beat = connection, beat
        self._bell = asyncio.Event()
        self._answered = _now()

    def ring(self, *_notification: object) -> None:
        """Wake whoever waits, or the next who will."""
        self._bell.set()

    async def rung(self, *, within: float = POLL_SECONDS) -> bool:
        """Wait for a ring since the last wait, or for `within` seconds; tells which. Raises when nobody answers."""
        if _now() - self._answered >= self._beat:
            await self._ask()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._bell.wait()
        rung = self._bell.is_set()
        self._bell.clear()
        return rung

    async def _ask(self) -> None:
        async with asyncio.timeout(_ANSWER_SECONDS):
            await self._connection.execute("SELECT")
        self._answered = _now()


@asynccontextmanager
async def listening(pool: Pool, channel: str, *, beat: float = BEAT_SECONDS) -> AsyncIterator[Doorbell]:
    """Listen on one of the connections apart for as long as the context lasts."""
    async with pool.apart.acquire() as connection:
        doorbell = Doorbell(connection, beat=beat)
        await connection.add_listener(channel, doorbell.ring)
        try:
            yield doorbell
        finally:
            with suppress(*AWAY):
                async with asyncio.timeout(_ANSWER_SECONDS):
                    await connection.remove_listener(channel, doorbell.ring)


def _now() -> float:
    return asyncio.get_running_loop().time()
