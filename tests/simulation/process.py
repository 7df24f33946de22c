"""One process: what it runs, and what may happen to it: killed, stopped for a while, told to end."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from chassis.errors import Fenced
from chassis.task_group import TaskGroup

# The server ends a transaction that nobody speaks in for so long.
IDLE_IN_TRANSACTION_SECONDS: Final = 15.0


class Connection(Protocol):
    """What a process holds that its end breaks."""

    @property
    def busy(self) -> bool: ...

    def end(self) -> None: ...


class Process:
    """Runs tasks until one ends or it is told to; whoever keeps it starts another in its place."""

    def __init__(self, name: str, *tasks: Callable[["Process"], Awaitable[None]]) -> None:
        self.name = name
        self.dead = False
        self.connections: list[Connection] = []
        self._tasks = tasks
        self._running: asyncio.Task[None] | None = None
        self._awake = asyncio.Event()
        self._awake.set()
        self._thaws_at = 0.0

    def start(self) -> "asyncio.Task[None]":
        """Begin; the task ends when the process has ended."""
        self._running = asyncio.create_task(self._run(), name=self.name)
        return self._running

    async def awake(self) -> None:
        """Go on only while the process is not stopped; what is dead gets no further. Raises ConnectionAbortedError."""
        await self._awake.wait()
        if self.dead:
            raise ConnectionAbortedError("this process is dead")

    def kill(self) -> None:
        """End it at once: nothing that it says afterwards is heard."""
        self.dead = True
        self._break()
        self.tell_to_end()

    def tell_to_end(self) -> None:
        """Ask it to end, as SIGTERM does."""
        self._awake.set()
        if self._running is not None:
            self._running.cancel()

    async def ended(self, *, within: float) -> bool:
        """Whether it has ended, waiting for so many seconds."""
        if self._running is not None:
            await asyncio.wait([self._running], timeout=within)
        return self._running is None or self._running.done()

    def freeze(self, seconds: float) -> None:
        """Let it stand still, as a moved machine does; the server waits only so long with a transaction open."""
        if self.dead:
            return
        loop = asyncio.get_running_loop()
        self._awake.clear()
        self._thaws_at = max(self._thaws_at, loop.time() + seconds)
        loop.call_later(seconds, self._thaw)
        if seconds >= IDLE_IN_TRANSACTION_SECONDS:
            loop.call_later(IDLE_IN_TRANSACTION_SECONDS, self._end_idle_transactions)

    def _thaw(self) -> None:
        if asyncio.get_running_loop().time() >= self._thaws_at:
            self._awake.set()

    def _end_idle_transactions(self) -> None:
        for connection in [one for one in self.connections if one.busy and not self._awake.is_set()]:
            connection.end()

    def _break(self) -> None:
        for connection in list(self.connections):
            connection.end()

    async def _run(self) -> None:
        try:
            async with TaskGroup() as group:
                for task in self._tasks:
                    group.create_task(_as_coroutine(task(self)))
        except* (Fenced, ConnectionAbortedError):
            # It ends by itself and is started again.
            pass
        finally:
            self._break()


async def _as_coroutine(work: Awaitable[None]) -> None:
    await work
