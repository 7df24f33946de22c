"""`up`, `demo` and `check`."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import TypeVar

import httpx2
from rich.console import Console

from sandbox.display import StoryOnScreen, show_addresses, show_audit
from sandbox.errors import SandboxError
from sandbox.scenario import Known, play
from sandbox.system.running import RunningSystem, running_system
from sandbox.system.world import addresses_of, world_of
from sandbox.world import StepFailed
from sandbox.world.auditing import AUDITOR, audit_settings, keep_audit_settings

INTERRUPTED = 130
Result = TypeVar("Result")
Command = Callable[[Console], Coroutine[None, None, None]]


async def up(console: Console) -> None:
    """Everything, until Ctrl-C or until something ends."""
    async with _started(console) as system:
        _show(console, system)
        await system.programs.until_one_ends()


async def demo(console: Console) -> None:
    """Everything, with the story played into it, then left running."""
    async with _started(console) as system:
        known = await _play(console, system)
        _show(console, system)
        _show_audit(console, system, known)
        await system.programs.until_one_ends()


async def check(console: Console) -> None:
    """Everything, the story played and checked, and ended."""
    async with _started(console) as system:
        await _play(console, system)


def run(console: Console, command: Command) -> int:
    """Runs a command and gives the exit code: 0, 1 with what failed, or 130 when interrupted."""
    code = 0
    try:
        asyncio.run(_until_told(command(console)))
    except* (SandboxError, StepFailed) as failures:
        code = 1
        for failure in _leaves(failures):
            console.print(
                "\n".join([f"failed: {failure}", *getattr(failure, "__notes__", [])]),
                style="red",
                markup=False,
                highlight=False,
                soft_wrap=True,
            )
    except* (KeyboardInterrupt, asyncio.CancelledError):
        code = INTERRUPTED
        console.print("ended; no process is left", highlight=False)
    return code


@asynccontextmanager
async def _started(console: Console) -> AsyncIterator[RunningSystem]:
    began = time.monotonic()
    async with running_system(lambda what: console.print(f"starting {what}", highlight=False)) as system:
        console.print(f"ready after {time.monotonic() - began:.0f} s", highlight=False)
        yield system


def _show(console: Console, system: RunningSystem) -> None:
    show_addresses(console, system.plan)
    console.print(f"Logs: {system.logs}\nCtrl-C ends everything.", highlight=False)


def _show_audit(console: Console, system: RunningSystem, known: Known) -> None:
    path = system.logs / "audit.env"
    settings = audit_settings(addresses_of(system.plan), secret=system.plan.keys.clients[AUDITOR])
    keep_audit_settings(settings, path=path)
    show_audit(console, path, victim=known.amira, moment=known.before_the_verdict)


async def _play(console: Console, system: RunningSystem) -> Known:
    story = StoryOnScreen(console)
    async with httpx2.AsyncClient(timeout=15) as http:
        with story.progress:
            return await _unless(system.programs.until_one_ends(), play(world_of(system, http=http, story=story)))


async def _unless(ending: Awaitable[None], work: Awaitable[Result]) -> Result:
    """Does the work; a process that ends meanwhile is the better explanation of a failure."""
    ended, worked = asyncio.ensure_future(ending), asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait([ended, worked], return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended.cancel()
        worked.cancel()
        await asyncio.gather(ended, worked, return_exceptions=True)
    if ended in done:
        ended.result()
    return worked.result()


async def _until_told(work: Coroutine[None, None, None]) -> None:
    """SIGTERM ends us as Ctrl-C does, in order; and so does SIGINT where a shell that put us behind turned it off."""
    task = asyncio.ensure_future(work)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    await task


def _leaves(failures: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    return [
        leaf
        for failure in failures.exceptions
        for leaf in (_leaves(failure) if isinstance(failure, BaseExceptionGroup) else [failure])
    ]
