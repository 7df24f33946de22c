"""Who may be sent away where more wait for a connection than can have one in time.

A request may: whoever sent it can come again. The process's own work (consumer, timers, relay) waits its turn, so that
those who ask cannot keep it from coming on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from chassis.errors import TransientFailure

_turned_away: ContextVar[bool] = ContextVar("turned_away", default=False)


class Crowded(TransientFailure):
    """More wait for a connection than can have one in time; who may come again is told so at once."""


@contextmanager
def turned_away_when_crowded() -> Iterator[None]:
    """Work done here is a request's: Crowded is raised where too many wait."""
    before = _turned_away.set(True)
    try:
        yield
    finally:
        _turned_away.reset(before)


@contextmanager
def waiting_in_line() -> Iterator[None]:
    """Work of a request that is not sent away: see to it that little of it is done at a time."""
    before = _turned_away.set(False)
    try:
        yield
    finally:
        _turned_away.reset(before)


def may_be_turned_away() -> bool:
    """Is this a request's work?"""
    return _turned_away.get()
