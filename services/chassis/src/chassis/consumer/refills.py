"""Questions to the owner's log in the background, so that one partition's hole does not stop the others."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Protocol, Self

from chassis.consumer.events import Arrival
from chassis.consumer.owner_log import PAGE, OwnerLog, OwnerPage
from chassis.consumer.sequence import Mark, other_event
from chassis.failures import backoff_seconds, reason
from chassis.logging import get_logger
from chassis.retrying import Attempt

# Younger events are left to Kafka: they are probably on their way.
SETTLED_AFTER = timedelta(seconds=2)
_log = get_logger(__name__)


class OwnerReport(Protocol):
    """Who is told whether the owner's log answers: where it does not, no loss is seen."""

    def owner_answers(self) -> None: ...

    def owner_is_away(self, why: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """What a question brought for one partition; `contradiction` says why the owner's log is not the one consumed."""

    partition: int
    arrivals: list[Arrival]
    contradiction: str | None = None


class Refills:
    """At most one question per partition at a time; leaving the context cancels them. None of them ends the loop."""

    def __init__(self, owner: OwnerLog, topic: str, report: OwnerReport) -> None:
        self._owner = owner
        self._topic = topic
        self._report = report
        self._tasks: dict[int, asyncio.Task[Finding]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def __contains__(self, partition: int) -> bool:
        return partition in self._tasks

    def __bool__(self) -> bool:
        return bool(self._tasks)

    def fill(self, partition: int, mark: Mark) -> None:
        """Fetch what follows `mark`, however long it takes: the partition waits for it."""
        self._tasks[partition] = asyncio.create_task(self._insist(partition, mark))

    def check(self, partition: int, mark: Mark) -> None:
        """Ask once whether the owner has anything after `mark` that should be on Kafka by now."""
        self._tasks[partition] = asyncio.create_task(self._ask(partition, mark))

    def identify(self, partition: int, mark: Mark) -> None:
        """Ask once whether the owner's log is still the one that was consumed."""
        self._tasks[partition] = asyncio.create_task(self._identify(partition, mark))

    def finished(self) -> Iterable[Finding]:
        """Yield what has come back since the last call."""
        for partition in [number for number, task in self._tasks.items() if task.done()]:
            task = self._tasks.pop(partition)
            # A library may have cancelled what it awaited; whoever still needs the answer asks again.
            if not task.cancelled():
                yield task.result()

    async def _insist(self, partition: int, mark: Mark) -> Finding:
        attempt = 0
        while True:
            attempt += 1
            page = await self._page(partition, mark)
            if page is not None and (why := self._contradiction(partition, page, mark)):
                return Finding(partition, [], why)
            if page is not None and page.arrivals:
                return Finding(partition, page.arrivals)
            if page is not None:
                _log.error("The owner's log lacks what Kafka lacks", topic=self._topic, partition=partition)
            await asyncio.sleep(backoff_seconds(attempt, first=0.1, ceiling=5.0))

    async def _ask(self, partition: int, mark: Mark) -> Finding:
        page = await self._page(partition, mark)
        if page is None or page.now is None:
            return Finding(partition, [])
        arrivals = page.settled(page.now - SETTLED_AFTER)
        return Finding(partition, arrivals, self._contradiction(partition, page, mark))

    async def _identify(self, partition: int, mark: Mark) -> Finding:
        page = await self._page(partition, mark, limit=1)
        return Finding(partition, [], None if page is None else self._contradiction(partition, page, mark))

    def _contradiction(self, partition: int, page: OwnerPage, mark: Mark) -> str | None:
        if page.last is not None and page.last < mark.pseq:
            return (
                f"{self._topic}/{partition}: the owner's log ends at pseq {page.last}, and {mark.pseq} are consumed, "
                "as after a restore that lost rows; see how to go on in the chassis' README"
            )
        if page.seen is not None and mark.digest is not None and page.seen != mark.digest:
            return other_event(self._topic, partition, mark.pseq)
        return None

    async def _page(self, partition: int, mark: Mark, *, limit: int = PAGE) -> OwnerPage | None:
        with Attempt(_anything) as tried:
            page = await self._owner.after(self._topic, partition=partition, mark=mark, limit=limit)
            if page.now is None:
                self._report.owner_is_away("its release does not say its time; deploy it")
            else:
                self._report.owner_answers()
            return page
        if tried.error is not None:
            self._report.owner_is_away(reason(tried.error))
        return None


def _anything(_: Exception) -> bool:
    """Also what nobody expected: it would end the process, which would ask again and end again."""
    return True
