"""Live updates: a doorbell, then a look at the timeline; the stream says only that there is something new."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol

RETRY = "retry: 3000\n\n"
BEAT_SECONDS = 15.0
LOOK_AGAIN_SECONDS = 1.0


class Bells(Protocol):
    """Rings when any timeline changed."""

    def bell(self) -> asyncio.Event: ...

    def forget(self, bell: asyncio.Event) -> None: ...


async def live_lines(
    bells: Bells, fingerprint: Callable[[], Awaitable[str | None]], *, gone: Callable[[], Awaitable[bool]]
) -> AsyncIterator[str]:
    """The stream of one reader: no content, only that there is something new; a beat now and then."""
    bell = bells.bell()
    try:
        yield RETRY
        seen = await fingerprint()
        while not await gone():
            rung = await _wait(bell)
            now = await fingerprint() if rung else seen
            yield ": still here\n\n" if now == seen else "event: changed\ndata: {}\n\n"
            seen = now
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
    finally:
        bells.forget(bell)


async def _wait(bell: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(bell.wait(), BEAT_SECONDS)
    except TimeoutError:
        return False
    bell.clear()
    return True
