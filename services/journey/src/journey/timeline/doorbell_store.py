"""The doorbell for open timelines: one LISTEN connection per process, one bell per reader."""

import asyncio
from dataclasses import dataclass, field

import asyncpg
from chassis.database import AWAY, open_connection
from chassis.logging import get_logger
from pydantic import SecretStr

from journey.facts.freshness_store import DOORBELL

LISTEN_AGAIN_SECONDS = 2.0
_log = get_logger(__name__)


@dataclass(slots=True)
class Changes:
    """Rings for every stream of this process when any timeline changed."""

    database_url: SecretStr
    _bells: set[asyncio.Event] = field(default_factory=set)

    async def run(self) -> None:
        """Listen for as long as the process lives; a lost connection is opened again, and readers look anew."""
        while True:
            try:
                await self._listen()
            except (asyncpg.PostgresError, *AWAY) as error:
                _log.warning("The doorbell connection was lost", error=type(error).__name__)
                await asyncio.sleep(LISTEN_AGAIN_SECONDS)

    def ring(self) -> None:
        """Let every stream look at its timeline."""
        for bell in self._bells:
            bell.set()

    def bell(self) -> asyncio.Event:
        """A bell of one stream; give it back with `forget`."""
        bell = asyncio.Event()
        self._bells.add(bell)
        return bell

    def forget(self, bell: asyncio.Event) -> None:
        """The stream has ended."""
        self._bells.discard(bell)

    async def _listen(self) -> None:
        connection = await open_connection(self.database_url.get_secret_value())
        lost = asyncio.Event()
        try:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(DOORBELL, lambda *_: self.ring())
            self.ring()
            await lost.wait()
        finally:
            await connection.close(timeout=LISTEN_AGAIN_SECONDS)
