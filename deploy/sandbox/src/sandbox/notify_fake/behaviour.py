"""How the fake behaves just now; tests and the scenario change it."""

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import TypeAlias, assert_never

from sandbox.notify_fake.failures import NotifyError

SLOW_SECONDS = 3.0
HANG_SECONDS = 120.0
LOOK_SECONDS = 0.2

Gone: TypeAlias = Callable[[], Awaitable[bool]]
"""Has the caller given up, or died?"""


class Behaviour(StrEnum):
    """`lost-*`: the caller never gets an answer, before or after the message is accepted."""

    NORMAL = "normal"
    SLOW = "slow"
    LOST_BEFORE = "lost-before"
    LOST_AFTER = "lost-after"
    DOWN = "down"
    TOO_MANY = "too-many"


class Switch:
    """Holds the present behaviour, and plays it around the accepting of a message."""

    def __init__(self) -> None:
        self.now = Behaviour.NORMAL

    async def before_accepting(self, gone: Gone) -> None:
        match self.now:
            case Behaviour.SLOW:
                await asyncio.sleep(SLOW_SECONDS)
            case Behaviour.LOST_BEFORE:
                await _hang(gone)
                raise NotifyError(504, "Exception", "Gateway timeout")
            case Behaviour.DOWN:
                raise NotifyError(500, "Exception", "Internal server error")
            case Behaviour.TOO_MANY:
                raise NotifyError(429, "RateLimitError", "Exceeded rate limit for key type of 3000 per 60 seconds")
            case Behaviour.NORMAL | Behaviour.LOST_AFTER:
                return
            case _:
                assert_never(self.now)

    async def after_accepting(self, gone: Gone) -> None:
        if self.now is Behaviour.LOST_AFTER:
            await _hang(gone)


async def _hang(gone: Gone) -> None:
    """No longer than somebody waits: whoever ends us would wait for it too."""
    for _ in range(int(HANG_SECONDS / LOOK_SECONDS)):
        if await gone():
            return
        await asyncio.sleep(LOOK_SECONDS)
