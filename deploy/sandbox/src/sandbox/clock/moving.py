"""Moving all databases to one business time."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import asyncpg

LONGEST_SECONDS = 10


class ClockOnlyMovesForward(Exception):
    """The moment asked for has passed already."""


class BusinessClock:
    """The clocks of several databases, kept equal. `databases` maps names to DSNs."""

    def __init__(self, databases: Mapping[str, str]) -> None:
        self._databases = databases
        self._moving = asyncio.Lock()

    async def now(self) -> datetime:
        """The business time of the database that is furthest ahead; aware, UTC."""
        return max(await self._on_each("SELECT business_now()"))

    async def advance_by(self, step: timedelta) -> datetime:
        """Moves all to the furthest one's time plus this step, and gives the new time."""
        if step < timedelta(0):
            raise ClockOnlyMovesForward
        async with self._moving:
            furthest = max(await self._on_each("SELECT ahead FROM business_clock"))
            # A database that an earlier, interrupted move left behind catches up here.
            await self._on_each("SELECT advance_clock($1 - ahead) FROM business_clock", furthest + step)
            return await self.now()

    async def advance_to(self, moment: datetime) -> datetime:
        """Moves all to this moment. Raises ClockOnlyMovesForward."""
        return await self.advance_by(moment - await self.now())

    async def _on_each(self, query: str, *values: object) -> list[datetime]:
        return await asyncio.gather(*(self._on(dsn, query, *values) for dsn in self._databases.values()))

    async def _on(self, dsn: str, query: str, *values: object) -> datetime:
        connection = await asyncpg.connect(
            dsn, timeout=LONGEST_SECONDS, command_timeout=LONGEST_SECONDS, server_settings={"timezone": "UTC"}
        )
        try:
            answer: datetime = await connection.fetchval(query, *values)
            return answer
        finally:
            await connection.close()
