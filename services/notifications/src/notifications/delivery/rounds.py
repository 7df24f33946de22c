"""The courier's rounds: woken by a doorbell, looking once a second anyway; a few messages at a time."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from chassis.clock import Clock
from chassis.database import Pool
from chassis.errors import Fenced
from chassis.failures import is_transient
from chassis.logging import get_logger

from notifications.delivery.courier import Courier
from notifications.delivery.ledger import Ledgers
from notifications.messages.ledger import Errand

AT_A_TIME = 8
POLL_SECONDS = 1.0
_log = get_logger(__name__)


class Rounds:
    """A background task. Several processes may make rounds; a message is leased to one of them."""

    def __init__(self, pool: Pool, *, ledgers: Ledgers, courier: Courier, clock: Clock) -> None:
        self._pool, self._ledgers, self._courier, self._clock = pool, ledgers, courier, clock
        self.last: datetime | None = None

    async def run(self) -> None:
        """Work until cancelled. A message whose step fails comes up again when its lease ends. Raises Fenced."""
        while True:
            try:
                await self._listen()
            except Exception as error:
                if not is_transient(error):
                    raise
                _log.warning("The courier waits for the database", error=type(error).__name__)
                await asyncio.sleep(POLL_SECONDS)

    async def work_off(self) -> int:
        """Carry out what is due now; returns how many errands there were."""
        done = 0
        while errands := await self._ledgers.take_errands(AT_A_TIME):
            await self._carry_out(errands)
            done += len(errands)
        self.last = self._clock.now()
        return done

    async def _listen(self) -> None:
        bell = asyncio.Event()

        def ring(*_: object) -> None:
            bell.set()

        async with self._pool.acquire() as connection:
            await connection.add_listener("message_due", ring)
            try:
                while True:
                    bell.clear()
                    await self.work_off()
                    await connection.fetchval("SELECT 1")
                    await _rung(bell)
            finally:
                await connection.remove_listener("message_due", ring)

    async def _carry_out(self, errands: Sequence[Errand]) -> None:
        results = await asyncio.gather(*(self._courier.run(errand) for errand in errands), return_exceptions=True)
        for errand, failure in zip(errands, results, strict=True):
            if isinstance(failure, Fenced | asyncio.CancelledError):
                raise failure
            if failure is not None:
                _log.error("A message's step failed; it comes up again", task=errand.message_id, exc_info=failure)


async def _rung(bell: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(POLL_SECONDS):
            await bell.wait()
    except TimeoutError:
        return
