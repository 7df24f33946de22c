"""One topic's loop while its consumer leads: fetch, settle, refill holes, empty the park, watch the connection."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from chassis.cancellation import unless_astray
from chassis.consumer.events import Arrival
from chassis.consumer.lanes import Lanes
from chassis.consumer.owner_log import OwnerLog
from chassis.consumer.refills import Refills
from chassis.consumer.reporting import TopicReport
from chassis.consumer.sequence import Mark, Run
from chassis.consumer.settlement import Settled, Settlement
from chassis.consumer.source import OpenSource, TopicMissing, TopicSource
from chassis.consumer.watchdog import Watchdog
from chassis.failures import backoff_seconds, reason
from chassis.logging import get_logger
from chassis.retrying import Attempt
from chassis.telemetry import batch_span

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often, in seconds, the loop does what no record tells it to do.

    Live events come first: of each `retry_parked` seconds in which some came, the retries of parked keys get
    `retry_seconds`, and no more than `retry_keys` keys. Where nothing comes, turn follows on turn.
    """

    fetch: float = 0.5
    fetch_while_busy: float = 0.05
    look: float = 2.0
    tail_check: float = 3.0
    retry_parked: float = 1.0
    retry_seconds: float = 0.05
    retry_keys: int = 50
    frozen: float = 10.0


class TopicLoop:
    """Runs until cancelled or fenced; what is transient it retries itself, from the offsets in PostgreSQL."""

    def __init__(
        self,
        settlement: Settlement,
        *,
        open_source: OpenSource,
        owner: OwnerLog,
        report: TopicReport,
        pace: Pace,
    ) -> None:
        self._settlement = settlement
        self._topic = settlement.subscription.topic
        self._open_source = open_source
        self._owner = owner
        self._report = report
        self._pace = pace
        self._attempts = 0
        self._more_due = False

    async def run(self) -> None:
        """Follow the topic; raises Fenced when another instance has taken over."""
        while True:
            with Attempt() as tried:
                await unless_astray(self._follow())
            self._report.rebuilt()
            await self._pause_after(tried)

    async def _follow(self) -> None:
        async with self._open_source(self._topic) as source, Refills(self._owner, self._topic, self._report) as refills:
            marks = await self._settlement.join(source.partitions)
            lanes = Lanes(source, refills, marks, self._report)
            watchdog = Watchdog(self._pace.frozen)
            look_at = retry_at = 0.0
            while True:
                came = await self._turn(source, refills, lanes)
                now = _now()
                if self._settlement.parked and (now >= retry_at or (self._more_due and not came)):
                    await self._empty_park()
                    retry_at = _now() + self._pace.retry_parked
                if now >= look_at:
                    await self._look(source, lanes, watchdog)
                    look_at = now + self._pace.look

    async def _turn(self, source: TopicSource, refills: Refills, lanes: Lanes) -> bool:
        """Settle what has come; returns whether anything had."""
        patience = self._pace.fetch_while_busy if refills or self._more_due else self._pace.fetch
        fetched = lanes.from_kafka(await source.fetch(seconds=patience))
        for found in refills.finished():
            new = lanes.new(found)
            self._report.refilled(len(new))
            fetched[found.partition] = new + fetched.get(found.partition, [])
        came = any(fetched.values())
        if came:
            await self._settle(lanes, fetched)
        lanes.go_on()
        return came

    async def _settle(self, lanes: Lanes, fetched: Mapping[int, list[Arrival]]) -> None:
        while True:
            runs = lanes.sort(fetched)
            with Attempt() as tried:
                settled = await self._attempt(lanes.marks(), runs)
                lanes.moved(runs)
                self._succeeded(settled)
                return
            await self._pause_after(tried)
            lanes.restart(await self._rejoin(lanes))

    async def _attempt(self, marks: Mapping[int, Mark], runs: Mapping[int, Run]) -> Settled:
        new = {partition: run for partition, run in runs.items() if run.arrivals}
        if not new:
            return Settled(0, [])
        size = sum(len(run.arrivals) for run in new.values())
        origins = (one.traceparent for run in new.values() for one in run.arrivals)
        with batch_span(f"consume {self._topic}", size=size, traceparents=origins):
            return await self._settlement.settle(marks, new)

    async def _rejoin(self, lanes: Lanes) -> Mapping[int, Mark]:
        # The commit's answer may have been lost: only the database knows how far we are.
        while True:
            with Attempt() as tried:
                return await self._settlement.join(lanes.partitions)
            await self._pause_after(tried)

    async def _empty_park(self) -> None:
        done = await self._settlement.retry_due(keys=self._pace.retry_keys, seconds=self._pace.retry_seconds)
        self._more_due = done.more and self._settlement.parked > 0
        self._report.retried(done, parked_keys=self._settlement.parked)

    async def _look(self, source: TopicSource, lanes: Lanes, watchdog: Watchdog) -> None:
        now = _now()
        ends = await source.ends()
        positions = {number: await source.position(number) for number in lanes.following()}
        self._report.stands(now, positions=positions, ends=ends)
        watchdog.look(now, positions=positions, ends=ends)
        lanes.check_tails(now, idle_seconds=self._pace.tail_check)

    def _succeeded(self, settled: Settled) -> None:
        self._attempts = 0
        self._report.settled(settled, parked_keys=self._settlement.parked)

    async def _pause_after(self, tried: Attempt) -> None:
        error = tried.error
        if error is None:
            return
        self._attempts += 1
        self._report.failing(reason(error))
        # A service that starts before its owner's relay waits for the topic, as it should.
        level = logging.INFO if isinstance(error, TopicMissing) else logging.WARNING
        _log.log(level, "A topic's work failed and is tried again", topic=self._topic, error=type(error).__name__)
        await asyncio.sleep(backoff_seconds(self._attempts, first=0.05, ceiling=5.0))


def _now() -> float:
    return asyncio.get_running_loop().time()
