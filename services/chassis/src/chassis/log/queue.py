"""The bounded queue before the log: what waits for the next flush."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.log.admission import Outcome, PreparedSubmission
from chassis.log.errors import LogUnavailable


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may share a flush, how much may wait, and how long (seconds)."""

    flush_events: int = 1024
    flush_bytes: int = 2 << 20
    waiting_events: int = 16_384
    waiting_bytes: int = 64 << 20
    seconds: float = 5.0


@dataclass(eq=False, slots=True)
class Waiting:
    """Submissions of one caller, and the future it waits on; `aboard` a flush they may be recorded at any moment."""

    submissions: Sequence[PreparedSubmission]
    outcomes: "asyncio.Future[list[Outcome]]"
    events: int = field(init=False)
    bytes: int = field(init=False)
    aboard: bool = False

    def __post_init__(self) -> None:
        sizes = [len(one.front) + len(one.event.body) for submission in self.submissions for one in submission.events]
        self.events, self.bytes = len(sizes), sum(sizes)


class Queue:
    """First in, first out; refuses at once when full, so that memory stays flat while PostgreSQL is away."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._waiting: deque[Waiting] = deque()
        self._arrived = asyncio.Event()
        self._events = self._bytes = 0

    def put(self, waiting: Waiting) -> None:
        """Add to the end; raises LogUnavailable when full. What is alone may be of any size."""
        events, size = self._events + waiting.events, self._bytes + waiting.bytes
        if self._waiting and (events > self._limits.waiting_events or size > self._limits.waiting_bytes):
            raise LogUnavailable("Too many events wait for the log; send them again in a few seconds.")
        self._waiting.append(waiting)
        self._events, self._bytes = events, size
        self._arrived.set()

    async def arrived(self) -> None:
        """Wait for something."""
        await self._arrived.wait()

    def take(self) -> list[Waiting]:
        """Return what may share a flush, without lingering for more."""
        if not self._waiting:
            return []
        taken = [self._pop()]
        events, size = taken[0].events, taken[0].bytes
        while self._waiting:
            events, size = events + self._waiting[0].events, size + self._waiting[0].bytes
            if events > self._limits.flush_events or size > self._limits.flush_bytes:
                break
            taken.append(self._pop())
        return taken

    def drain(self) -> list[Waiting]:
        """Take everything that waits."""
        return [self._pop() for _ in range(len(self._waiting))]

    def outcomes(self) -> "list[asyncio.Future[list[Outcome]]]":
        """Return what the callers wait on."""
        return [waiting.outcomes for waiting in self._waiting]

    def _pop(self) -> Waiting:
        waiting = self._waiting.popleft()
        self._events -= waiting.events
        self._bytes -= waiting.bytes
        if not self._waiting:
            self._arrived.clear()
        return waiting


class Boarding:
    """What one flush takes from the queue, at the moment when it is first asked for."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._aboard: list[Waiting] | None = None

    def aboard(self) -> list[Waiting]:
        """Those whose caller still waits for them."""
        if self._aboard is None:
            self._aboard = [waiting for waiting in self._queue.take() if not waiting.outcomes.done()]
            for waiting in self._aboard:
                waiting.aboard = True
        return self._aboard

    def load(self) -> list[PreparedSubmission]:
        """Their submissions, in order."""
        return [submission for waiting in self.aboard() for submission in waiting.submissions]
