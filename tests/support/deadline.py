"""Waiting for facts: with a deadline, and a sentence that names what did not happen."""

import asyncio
from collections.abc import Awaitable, Callable

POLL_SECONDS = 0.02


async def until(fact: Callable[[], Awaitable[bool]], what: str, *, seconds: float = 15.0) -> None:
    """Wait until `fact` holds; fails with `what` after `seconds`."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while not await fact():
        assert loop.time() < deadline, f"within {seconds:.0f} s this did not happen: {what}"
        await asyncio.sleep(POLL_SECONDS)
