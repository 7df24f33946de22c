"""Live updates: a doorbell, then a look at the timeline; the stream says only that there is something new.

Each new day in London is said too: what a page says ahead is true on the day on which it was read.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import date
from typing import Protocol

RETRY = "retry: 3000\n\n"
BEAT_SECONDS = 15.0
LOOK_AGAIN_SECONDS = 1.0


class StreamOver(Exception):
    """Its reader looks at something else by now, or has signed out: nothing more is to be said in this stream."""


class SessionOver(Exception):
    """The session of its reader has ended: the page is to be emptied."""


class Bells(Protocol):
    """Rings when any timeline changed."""

    def bell(self) -> asyncio.Event: ...

    def forget(self, bell: asyncio.Event) -> None: ...

    def turn(self) -> AbstractAsyncContextManager[None]: ...


async def _still() -> None:
    """For a reader without a session."""


async def live_lines(
    bells: Bells,
    fingerprint: Callable[[], Awaitable[str | None]],
    *,
    gone: Callable[[], Awaitable[bool]],
    today: Callable[[], Awaitable[date]],
    still: Callable[[], Awaitable[object]] = _still,
    of: str = "",
) -> AsyncIterator[str]:
    """The stream of one reader: no content, only that there is something new; a beat now and then.

    It ends with its reader, or when `fingerprint` raises StreamOver, or `still`, which is asked at each beat, raises
    SessionOver. What it is `of` comes back as Last-Event-ID when the browser opens it again. `today` is the day in
    London: it is said first, since the page may have been read before the stream was opened, and when it is another.
    """
    bell = bells.bell()
    try:
        async with bells.turn():
            day = await today()
        yield f"{_day(day)}id: {of}\n{RETRY}" if of else f"{_day(day)}{RETRY}"
        async with bells.turn():
            seen = await fingerprint()
        while not await gone():
            rung = await _wait(bell)
            async with bells.turn():
                # A session ends without any news; the timeline does not change without a ring.
                await still()
                before, day = day, await today()
                now = await fingerprint() if rung else seen
            if day != before:
                yield f"{_day(day)}\n"
            yield ": still here\n\n" if now == seen else "event: changed\ndata: {}\n\n"
            seen = now
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
    except SessionOver:
        yield "event: over\ndata: {}\n\n"
    except StreamOver:
        return
    finally:
        bells.forget(bell)


def _day(day: date) -> str:
    return f'event: day\ndata: {{"day": "{day.isoformat()}"}}\n'


async def _wait(bell: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(bell.wait(), BEAT_SECONDS)
    except TimeoutError:
        return False
    bell.clear()
    return True
