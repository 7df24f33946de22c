"""An event loop whose time is made up: it jumps to the next moment at which something is to happen.

Tasks and futures hash by the order in which they were made, not by their address, so that what asyncio keeps in sets
(the tasks of a group, the futures of a wait) is walked in the same order at every run of a seed.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any, Final

# A moment after any that the world may hold: nobody sleeps so long, so whoever asks for more waits for ever.
END_OF_TIME: Final = 1_000_000.0


class NothingToWaitFor(RuntimeError):
    """Every task waits for another: the world stands still for good."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """Runs callbacks at once and time as fast as they allow."""

    def __init__(self) -> None:
        self.now = 0.0
        self._made = count()
        super().__init__(_Jump(self))
        self.set_task_factory(self._task)  # type: ignore[arg-type]

    def time(self) -> float:
        """Seconds since the beginning of this world."""
        return self.now

    def create_future(self) -> "asyncio.Future[Any]":
        return _Future(next(self._made), loop=self)

    def _task(self, loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any], **named: Any) -> "_Task":
        return _Task(next(self._made), work, loop=loop, **named)


class _Jump(selectors.SelectSelector):
    """Waiting for input and output, of which there is none, moves the clock."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or self._loop.now > END_OF_TIME:
            raise NothingToWaitFor("no task can go on")
        self._loop.now += max(0.0, timeout)
        return []


class _Future(asyncio.Future[Any]):
    def __init__(self, made: int, *, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop=loop)
        self._made = made

    def __hash__(self) -> int:
        return self._made


class _Task(asyncio.Task[Any]):
    def __init__(self, made: int, work: Coroutine[Any, Any, Any], **named: Any) -> None:
        self._made = made
        super().__init__(work, **named)

    def __hash__(self) -> int:
        return self._made


def run(main: Callable[[], Coroutine[Any, Any, None]]) -> float:
    """Run a world to its end; returns how many of its seconds passed."""
    loop = VirtualLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(main())
    return loop.now
