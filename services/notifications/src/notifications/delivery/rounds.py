"""The courier's rounds: woken by a doorbell, looking once a second anyway; a few messages at a time."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from chassis.clock import Clock
from chassis.database import Pool
from chassis.doorbell import POLL_SECONDS, listening
from chassis.errors import Fenced
from chassis.logging import get_logger
from chassis.retrying import Attempt

from notifications.delivery.courier import Courier
from notifications.delivery.ledger import Ledgers
from notifications.messages.ledger import Errand

AT_A_TIME = 8
_log = get_logger(__name__)


class Rounds:
    """A background task. Several processes may make rounds; a message is leased to one of them."""

    def __init__(self, pool: Pool, *, ledgers: Ledgers, courier: Courier, clock: Clock) -> None:
        self._pool, self._ledgers, self._courier, self._clock = pool, ledgers, courier, clock
        self.last: datetime | None = None

    async def run(self) -> None:
        """Work until cancelled. A message whose step fails comes up again when its lease ends. Raises Fenced."""
        while True:
            with Attempt() as tried:
                async with listening(self._pool, "message_due") as bell:
                    while True:
                        await self.work_off()
                        await bell.rung()
            _log.warning("The courier waits for the database", error=type(tried.error).__name__)
            await asyncio.sleep(POLL_SECONDS)

    async def work_off(self) -> int:
        """Carry out what is due now; returns how many errands there were."""
        done = 0
        while errands := await self._ledgers.take_errands(AT_A_TIME):
            await self._carry_out(errands)
            done += len(errands)
        self.last = self._clock.now()
        return done

    async def _carry_out(self, errands: Sequence[Errand]) -> None:
        results = await asyncio.gather(*(self._courier.run(errand) for errand in errands), return_exceptions=True)
        for errand, failure in zip(errands, results, strict=True):
            if isinstance(failure, Fenced | asyncio.CancelledError):
                raise failure
            if failure is not None:
                _log.error("A message's step failed; it comes up again", task=errand.message_id, exc_info=failure)
