"""Firing claimed timers so that one that fails stops no other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis.database import Connection
from chassis.errors import Fenced, PermanentFailure
from chassis.failures import is_transient, reason
from chassis.timers import claim
from chassis.timers.timer import DueTimer, TimerHandler

# After so many transient failures in a row the rest of the kind is not tried: what it needs is away.
MOST_IN_A_ROW = 3


class NoHandler(PermanentFailure):
    """A timer of a kind that this release does not handle."""


@dataclass(slots=True)
class Firing:
    """One claimed batch. Kinds go one after the other, each in due order; afterwards the counts say what happened."""

    connection: Connection
    handlers: Mapping[str, TimerHandler]
    fired: int = 0
    postponed: int = 0
    failed: int = 0

    async def run(self, timers: Sequence[DueTimer]) -> None:
        """Fire, postpone or fail each timer, inside the caller's transaction."""
        for kind in dict.fromkeys(timer.kind for timer in timers):
            mine = [timer for timer in timers if timer.kind == kind]
            await self._fire_together([timer for timer in mine if not timer.attempts])
            await self._fire_singly([timer for timer in mine if timer.attempts])

    async def _fire_together(self, timers: Sequence[DueTimer]) -> None:
        if not timers:
            return
        error = await self._attempt(timers)
        if error is None:
            self.fired += len(timers)
        elif is_transient(error):
            await self._postpone(timers)
        elif len(timers) == 1:
            await self._fail(timers[0], error)
        else:
            half = len(timers) // 2
            await self._fire_together(timers[:half])
            await self._fire_together(timers[half:])

    async def _fire_singly(self, timers: Sequence[DueTimer]) -> None:
        in_a_row = 0
        for index, timer in enumerate(timers):
            postponed = self.postponed
            await self._fire_together([timer])
            in_a_row = in_a_row + 1 if self.postponed > postponed else 0
            if in_a_row == MOST_IN_A_ROW:
                await self._postpone(timers[index + 1 :])
                return

    async def _attempt(self, timers: Sequence[DueTimer]) -> Exception | None:
        handler = self.handlers.get(timers[0].kind)
        if handler is None:
            return NoHandler("nothing handles this kind; deploy a release that does, then retry failed timers")
        try:
            async with self.connection.transaction():
                await claim.remove(self.connection, timers)
                await handler.fire(self.connection, timers)
        except Fenced:
            raise
        except Exception as error:  # noqa: BLE001 every failure ends in a recorded state
            return error
        return None

    async def _postpone(self, timers: Sequence[DueTimer]) -> None:
        self.postponed += len(timers)
        await claim.postpone(self.connection, timers)

    async def _fail(self, timer: DueTimer, error: Exception) -> None:
        self.failed += 1
        await claim.fail(self.connection, timer, failure=reason(error))
