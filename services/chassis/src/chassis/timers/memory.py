"""Timers in memory, for tests without a database. The same rules, checked by the same conformance suite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.consumer.no_connection import NoConnection
from chassis.database import Connection
from chassis.errors import Fenced
from chassis.failures import is_transient
from chassis.timers.timer import DueTimer, Timer, TimerHandler


@dataclass(slots=True)
class MemoryTimers:
    """Timers and their business clock. `connection` is what handlers are given."""

    now: datetime
    handlers: Mapping[str, TimerHandler] = field(default_factory=dict)
    connection: Connection = field(default_factory=NoConnection)
    failed: list[Timer] = field(default_factory=list)
    _pending: dict[tuple[str, str], Timer] = field(default_factory=dict)
    _attempts: dict[tuple[str, str], int] = field(default_factory=dict)

    async def set(self, timer: Timer) -> None:
        self._pending[timer.kind, timer.key] = timer
        self._attempts.pop((timer.kind, timer.key), None)
        self.failed = [one for one in self.failed if (one.kind, one.key) != (timer.kind, timer.key)]

    async def cancel(self, *, kind: str, key: str) -> bool:
        self._attempts.pop((kind, key), None)
        return self._pending.pop((kind, key), None) is not None

    @property
    def pending(self) -> Sequence[Timer]:
        """What is set, in due order."""
        return sorted(self._pending.values(), key=lambda timer: (timer.due_at, timer.kind, timer.key))

    def advance(self, by: timedelta) -> None:
        """Move business time forward."""
        self.now += by

    async def fire_due(self) -> int:
        """Fire what is due, one by one in due order; returns how many fired. A transient failure is tried next time."""
        fired = 0
        for timer in [timer for timer in self.pending if timer.due_at <= self.now]:
            fired += await self._fire(timer)
        return fired

    async def _fire(self, timer: Timer) -> int:
        name = (timer.kind, timer.key)
        if self._pending.get(name) is not timer:
            return 0
        del self._pending[name]
        due = DueTimer(timer.kind, timer.key, timer.due_at, timer.payload, self._attempts.get(name, 0))
        try:
            await self.handlers[timer.kind].fire(self.connection, [due])
        except Fenced:
            raise
        except Exception as error:  # noqa: BLE001 every failure ends in a recorded state
            self._keep(timer, error)
            return 0
        self._attempts.pop(name, None)
        return 1

    def _keep(self, timer: Timer, error: Exception) -> None:
        name = (timer.kind, timer.key)
        if is_transient(error):
            self._pending[name] = timer
            self._attempts[name] = self._attempts.get(name, 0) + 1
            return
        self.failed.append(timer)
