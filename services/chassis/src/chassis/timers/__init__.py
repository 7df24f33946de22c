"""Durable timers: rows that fall due by business time, never early, lost or doubled.

A timer is set and cancelled in the transaction that decides about it, and fires in the transaction that takes its row
away. There is no other claim than the row lock, so a crash gives the row back at once, and a paused process loses it
when the server ends its idle transaction. What is called outside is called with no transaction open, and taken away
when it has answered. A kind that this release does not know is left to one that does.
"""

from chassis.timers.failed import FailedTimer, failed_timers, retry_failed
from chassis.timers.memory import MemoryTimers
from chassis.timers.runner import TimerRunner
from chassis.timers.setting import PostgresTimers, cancel_timer, set_timer, set_timers
from chassis.timers.timer import AnyHandler, CallingHandler, DueTimer, LockingHandler, Timer, TimerHandler, TimerStore

__all__ = [
    "AnyHandler",
    "CallingHandler",
    "DueTimer",
    "FailedTimer",
    "LockingHandler",
    "MemoryTimers",
    "PostgresTimers",
    "Timer",
    "TimerHandler",
    "TimerRunner",
    "TimerStore",
    "cancel_timer",
    "failed_timers",
    "retry_failed",
    "set_timer",
    "set_timers",
]
