"""What a timer is, and who is told when it is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from pydantic import JsonValue

from chassis.database import Connection


@dataclass(frozen=True, slots=True)
class Timer:
    """One appointment, known by kind and key. `due_at` is business time; the payload holds ids, never personal data."""

    kind: str
    key: str
    due_at: datetime
    payload: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer that is due. `attempts` counts the failures before this one."""

    kind: str
    key: str
    due_at: datetime
    payload: Mapping[str, JsonValue]
    attempts: int = 0


class TimerHandler(Protocol):
    """Decides what follows from timers of one kind.

    Called inside the transaction that takes the timers away, in due order; it may set the same kind and key again, and
    calls nothing outside. Raises TransientFailure to be called again later, PermanentFailure for a timer that cannot be
    handled; either way it is called with fewer first, where it was given many.
    """

    async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        """Handle timers that are due."""


@runtime_checkable
class LockingHandler(TimerHandler, Protocol):
    """A handler that decides about what others decide about too: it locks that before the timers' rows are."""

    async def lock(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        """Wait for, then keep until the transaction ends, what `fire` will decide about, in one order everywhere."""


@runtime_checkable
class CallingHandler(Protocol):
    """Calls something outside for each timer of one kind, while no transaction is open; several calls at once.

    A call is made again where its outcome was lost, so what is called must take a repeat for the same.
    """

    async def call(self, timer: DueTimer) -> None:
        """Make the call. Raises TransientFailure to be asked again later, PermanentFailure where that is no use."""


AnyHandler = TimerHandler | CallingHandler


class TimerStore(Protocol):
    """Where application code sets and cancels timers; `PostgresTimers` and `MemoryTimers` conform."""

    async def set(self, timer: Timer) -> None:
        """Set a timer, in place of one with the same kind and key."""

    async def cancel(self, *, kind: str, key: str) -> bool:
        """Take a timer back; false when there was none."""
