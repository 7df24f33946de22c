"""Timers in memory, for tests without a database. The same rules, checked by the same conformance suite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.consumer.no_connection import NoConnection
from chassis.database import Connection
from chassis.errors import Fenced
from chassis.failures import is_transient
from chassis.timers.claim import MOST_TRIES
from chassis.timers.timer import AnyHandler, CallingHandler, DueTimer, LockingHandler, Timer

Name = tuple[str, str]


@dataclass(slots=True)
class MemoryTimers:
    """Timers and their business clock. `connection` is what handlers are given."""

    now: datetime
    handlers: Mapping[str, AnyHandler] = field(default_factory=dict)
    connection: Connection = field(default_factory=NoConnection)
    _set: dict[Name, Timer] = field(default_factory=dict)
    _attempts: dict[Name, int] = field(default_factory=dict)
    _failed: set[Name] = field(default_factory=set)
    _resting: set[Name] = field(default_factory=set)

    async def set(self, timer: Timer) -> None:
        name = (timer.kind, timer.key)
        self._forget(name)
        self._set[name] = timer

    async def cancel(self, *, kind: str, key: str) -> bool:
        was_set = (kind, key) in self._set
        self._forget((kind, key))
        return was_set

    @property
    def pending(self) -> Sequence[Timer]:
        """What is set and not failed, in due order."""
        return [timer for name, timer in self._in_due_order() if name not in self._failed]

    @property
    def failed(self) -> Sequence[Timer]:
        """What is failed now, in due order."""
        return [timer for name, timer in self._in_due_order() if name in self._failed]

    def advance(self, by: timedelta) -> None:
        """Move business time forward."""
        self.now += by

    def an_hour_passes(self) -> None:
        """The next try of what is failed has come."""
        self._resting.clear()

    async def fire_due(self) -> int:
        """Fire what is due, one by one in due order; returns how many fired. A transient failure is tried next time.

        A kind that nothing handles is left as it is.
        """
        fired = 0
        for name, timer in self._in_due_order():
            if timer.due_at <= self.now and timer.kind in self.handlers and name not in self._resting:
                fired += await self._fire(name, timer)
        return fired

    def _in_due_order(self) -> list[tuple[Name, Timer]]:
        return sorted(self._set.items(), key=lambda one: (one[1].due_at, *one[0]))

    async def _fire(self, name: Name, timer: Timer) -> int:
        if self._set.get(name) is not timer:
            return 0
        due = DueTimer(timer.kind, timer.key, timer.due_at, timer.payload, self._attempts.get(name, 0))
        try:
            await self._hand_over(due, self.handlers[timer.kind])
        except Fenced:
            raise
        except Exception as error:  # noqa: BLE001 every failure ends in a recorded state
            self._keep(name, timer, error)
            return 0
        return 1

    async def _hand_over(self, due: DueTimer, handler: AnyHandler) -> None:
        name = (due.kind, due.key)
        if isinstance(handler, CallingHandler):
            called = self._set[name]
            await handler.call(due)
            if self._set.get(name) is called:
                self._forget(name)
            return
        if isinstance(handler, LockingHandler):
            await handler.lock(self.connection, [due])
        # Gone before it fires, since a handler may set it again.
        before = (self._set.pop(name), self._attempts.pop(name, 0), name in self._failed)
        self._failed.discard(name)
        try:
            await handler.fire(self.connection, [due])
        except Exception:
            self._set[name], self._attempts[name] = before[:2]
            if before[2]:
                self._failed.add(name)
            raise

    def _keep(self, name: Name, timer: Timer, error: Exception) -> None:
        if self._set.get(name) is not timer:
            return
        self._attempts[name] = self._attempts.get(name, 0) + 1
        if not is_transient(error) or self._attempts[name] >= MOST_TRIES or name in self._failed:
            self._failed.add(name)
            self._resting.add(name)

    def _forget(self, name: Name) -> None:
        self._set.pop(name, None)
        self._attempts.pop(name, None)
        self._failed.discard(name)
        self._resting.discard(name)
