"""The relay: one active per topic, by lease and epoch; the log is its outbox and NOTIFY only its doorbell."""

import asyncio
from dataclasses import dataclass

from aiokafka.errors import KafkaError

from chassis.cancellation import StrayCancellation, unless_astray
from chassis.database import Pool, is_database_trouble
from chassis.leading import led
from chassis.leases import Lease
from chassis.logging import get_logger
from chassis.relay.pace import Pace
from chassis.relay.session import Session, Target
from chassis.retrying import Attempt

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Relay:
    """Publishes a log to one topic; any number may run, one works. It may be killed at any time.

    On any error of Kafka or PostgreSQL the producer is thrown away and the work resumes from the checkpoint, so a
    message may be repeated with the same `pseq`, never lost and never out of order.
    """

    pool: Pool
    target: Target
    lease_seconds: float = 6.0
    pause_seconds: float = 0.5

    async def run(self) -> None:
        """Wait for the lease, then relay until cancelled. Raises Fenced when another relay has taken over."""
        lease = Lease(self.pool, f"relay {self.target.topic}", seconds=self.lease_seconds)
        async with led(lease) as (epoch, tasks):
            tasks.create_task(self._publish(epoch))

    async def _publish(self, epoch: int) -> None:
        pace = Pace()
        while True:
            with Attempt(passes=_may_pass) as tried:
                await unless_astray(Session(self.pool, self.target, epoch, pace).run())
            if tried.error is not None:
                pace.failed(tried.error)
                _log.warning(
                    "The relay starts again from its checkpoint.", topic=self.target.topic, error=_kinds(tried.error)
                )
            await asyncio.sleep(self.pause_seconds)


def _may_pass(error: BaseException) -> bool:
    if isinstance(error, ExceptionGroup):
        return all(_may_pass(inner) for inner in error.exceptions)
    return isinstance(error, KafkaError | StrayCancellation) or (
        isinstance(error, Exception) and is_database_trouble(error)
    )


def _kinds(error: BaseException) -> str:
    if isinstance(error, BaseExceptionGroup):
        return ", ".join(sorted({_kinds(inner) for inner in error.exceptions}))
    return type(error).__name__
