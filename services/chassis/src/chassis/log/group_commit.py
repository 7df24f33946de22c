"""Group commit: concurrent callers share a transaction, and one batch prepares while the last one commits.

    callers    A    B  C    D  E  F                 each waits for its own outcomes
               |    |  |    |  |  |
    queue      A    B  C    D  E  F
    flight 1   [ A: lock, write ][ commit ]
    flight 2                     [ B C D: lock, write ][ commit ]
    flight 3                                           [ E F: ...

Flight 2 begins when flight 1 has written: it waits for the head, which is free at 1's commit, and only then takes what
waits. So D, which came while 1 committed, flies with B and C: one commit for three. Is C refused, B and D are recorded
all the same. Is the answer to the commit lost, all three are written once more, and found there already if they were.
"""

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from chassis.database import Pool
from chassis.errors import Fenced, OutcomeNotKnown, ThroughlineError
from chassis.log.admission import Outcome, PreparedSubmission, per_event
from chassis.log.errors import LogUnavailable
from chassis.log.flight import NOT_KNOWN, Flight
from chassis.log.queue import Boarding, Limits, Queue, Waiting
from chassis.log.records import Receipt, Refusal, Submission
from chassis.log.writing import AppendGuard, prepare
from chassis.stretches import stretches

_CONNECTIONS = 2
_STRETCH = 128


class GroupCommit:
    """The service's door to its log; use with `async with`, and run `watch` in the service's task group.

    A flush starts as soon as the last one has written, and takes what waits when it holds the log's head: at most 1,024
    events or 2 MB. One refused submission never disturbs its neighbours. Results come after the commit.
    """

    def __init__(
        self, pool: Pool, epoch: int, guard: AppendGuard | None = None, *, limits: Limits | None = None
    ) -> None:
        self._limits = limits or Limits()
        self._flight = Flight(pool, epoch, guard, seconds=self._limits.seconds)
        self._queue = Queue(self._limits)
        self._aloft = asyncio.Semaphore(_CONNECTIONS)
        self._flights: set[asyncio.Task[None]] = set()
        self._fenced = asyncio.Event()
        self._closed = False

    async def __aenter__(self) -> Self:
        self._running = asyncio.create_task(self._run(), name="group-commit")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed = True
        await self._land()
        self._running.cancel()
        await asyncio.gather(self._running, *self._flights, return_exceptions=True)
        _fail(self._queue.drain(), LogUnavailable("This process is stopping; send the events again."))

    async def append(self, submission: Submission) -> Sequence[Receipt | Refusal]:
        """Record one submission; a result per event, all alike when it is refused.

        Raises LogUnavailable (nothing of it is stored), OutcomeNotKnown (nobody knows; the same events again count
        once) and Fenced.
        """
        return (await self.append_all([submission]))[0]

    async def append_all(self, submissions: Sequence[Submission]) -> list[Sequence[Receipt | Refusal]]:
        """Record several submissions as one item of the queue, each on its own merits; results as of `append`."""
        if self._fenced.is_set():
            raise _fenced()
        if self._closed:
            raise LogUnavailable("This process is stopping; send the events again.")
        readied: list[PreparedSubmission | Refusal] = []
        async for some in stretches(submissions, of=_STRETCH):
            readied += [_ready(submission) for submission in some]
        outcomes = iter(await self._record([item for item in readied if isinstance(item, PreparedSubmission)]))
        return [
            per_event(submission, item if isinstance(item, Refusal) else next(outcomes))
            for submission, item in zip(submissions, readied, strict=True)
        ]

    async def watch(self) -> None:
        """Wait until another process has taken the log over, then raise Fenced, which must end this process."""
        await self._fenced.wait()
        raise _fenced()

    async def _record(self, prepared: Sequence[PreparedSubmission]) -> list[Outcome]:
        if not prepared:
            return []
        waiting = Waiting(prepared, asyncio.get_running_loop().create_future())
        self._queue.put(waiting)
        try:
            async with asyncio.timeout(3 * self._limits.seconds):
                return await waiting.outcomes
        except TimeoutError as error:
            if waiting.aboard:
                raise OutcomeNotKnown(NOT_KNOWN) from error
            raise LogUnavailable("The log did not answer in time; send the same events again later.") from error

    async def _run(self) -> None:
        while True:
            await self._aloft.acquire()
            await self._queue.arrived()
            written = asyncio.Event()
            flight = asyncio.create_task(self._fly(Boarding(self._queue), written))
            self._flights.add(flight)
            flight.add_done_callback(self._flights.discard)
            await written.wait()

    async def _fly(self, boarding: Boarding, written: asyncio.Event) -> None:
        try:
            outcomes = iter(await self._flight.write(boarding.load, written))
            for waiting in boarding.aboard():
                _settle(waiting, [next(outcomes) for _ in waiting.submissions])
        except ThroughlineError as error:
            if isinstance(error, Fenced):
                self._fenced.set()
            _fail(boarding.aboard(), error)
        except asyncio.CancelledError:
            _fail(boarding.aboard(), OutcomeNotKnown(NOT_KNOWN))
            raise
        except Exception as error:  # noqa: BLE001 a guard's fault is its callers' answer, not the end of the log
            _fail(boarding.aboard(), error)
        finally:
            written.set()
            self._aloft.release()

    async def _land(self) -> None:
        """Let what was accepted be written, for a bounded time."""
        unfinished: set[asyncio.Future[Any]] = {*self._queue.outcomes(), *self._flights}
        if unfinished:
            await asyncio.wait(unfinished, timeout=self._limits.seconds)


def _ready(submission: Submission) -> PreparedSubmission | Refusal:
    try:
        return prepare(submission)
    except ThroughlineError as error:
        return Refusal(error)


def _settle(waiting: Waiting, outcomes: list[Outcome]) -> None:
    if not waiting.outcomes.done():
        waiting.outcomes.set_result(outcomes)


def _fail(waiting: Sequence[Waiting], error: Exception) -> None:
    for one in waiting:
        if not one.outcomes.done():
            one.outcomes.set_exception(error)


def _fenced() -> Fenced:
    return Fenced("Another process has taken the log over; this one must exit.")
