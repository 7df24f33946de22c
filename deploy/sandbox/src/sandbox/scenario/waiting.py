"""Waiting for what must follow, with a deadline."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

LOOK_SECONDS = 0.1
USUAL_SECONDS = 60.0

Found = TypeVar("Found")


class DidNotHappen(Exception):
    """What had to follow did not; the message says what was awaited, for how long, and what was seen instead."""

    def __init__(self, what: str, *, seconds: float, seen: object = None) -> None:
        instead = "" if seen is None else f"; seen: {seen}"
        super().__init__(f"within {seconds:.0f} s this did not happen: {what}{instead}")


async def eventually(
    what: str,
    look: Callable[[], Awaitable[Found | None]],
    *,
    within: float = USUAL_SECONDS,
    seen: Callable[[], Awaitable[object]] | None = None,
) -> Found:
    """The first thing that `look` finds; `seen` tells what there was instead. Raises DidNotHappen."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    while (found := await look()) is None:
        if loop.time() > deadline:
            raise DidNotHappen(what, seconds=within, seen=await seen() if seen else None)
        await asyncio.sleep(LOOK_SECONDS)
    return found


async def until(
    what: str,
    holds: Callable[[], Awaitable[bool]],
    *,
    within: float = USUAL_SECONDS,
    seen: Callable[[], Awaitable[object]] | None = None,
) -> None:
    """Waits until it holds; `seen` tells what there was instead. Raises DidNotHappen."""

    async def look() -> bool | None:
        return await holds() or None

    await eventually(what, look, within=within, seen=seen)


def demand(holds: object, what: str) -> None:
    """What must be so now. Raises NotSo."""
    if not holds:
        raise NotSo(what)


class NotSo(Exception):
    """Something is not as it must be; the message says what."""
