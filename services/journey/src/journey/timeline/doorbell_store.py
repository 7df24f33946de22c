"""The doorbell for open timelines: one LISTEN connection per process, one bell per reader."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from chassis.crowd import waiting_in_line
from chassis.database import Pool
from chassis.doorbell import BEAT_SECONDS, listening
from chassis.logging import get_logger
from chassis.retrying import Attempt

from journey.facts.freshness_store import DOORBELL

LISTEN_AGAIN_SECONDS = 1.0
LOOK_AT_A_TIME = 3
_log = get_logger(__name__)


@dataclass(slots=True)
class Changes:
    """Rings for every stream of this process when any timeline changed."""

    _bells: set[asyncio.Event] = field(default_factory=set)
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(LOOK_AT_A_TIME))

    async def listen(self, pool: Pool, *, beat: float = BEAT_SECONDS) -> None:
        """Listen for as long as the process lives; a connection that is lost, or answers no more, is opened again.

        Whatever rang meanwhile was missed, so readers look anew.
        """
        while True:
            with Attempt() as tried:
                async with listening(pool, DOORBELL, beat=beat) as doorbell:
                    self.ring()
                    while True:
                        if await doorbell.rung():
                            self.ring()
            _log.warning("The doorbell connection was lost", error=type(tried.error).__name__)
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

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """A few streams look at a time: all are rung at once, and would crowd out those who ask for a page."""
        async with self._turns:
            with waiting_in_line():
                yield
