"""What a topic's loop tells the world about itself: progress for /progress, numbers for /metrics, a line for a page."""

import time
from collections.abc import Mapping

from chassis.consumer.health import ConsumerNumbers, PartitionProgress, Standing, TopicProgress
from chassis.consumer.retrying import Retried
from chassis.consumer.settlement import Settled
from chassis.logging import get_logger

_log = get_logger(__name__)


class TopicReport:
    """Keeps one topic's progress and counts its events."""

    def __init__(self, consumer: str, topic: str, numbers: ConsumerNumbers) -> None:
        self.progress = TopicProgress(topic)
        self._names = (consumer, topic)
        self._numbers = numbers

    def partition(self, number: int) -> PartitionProgress:
        """Return a partition's progress, to be changed."""
        if number not in self.progress.partitions:
            one = self.progress.partitions[number] = PartitionProgress(time.monotonic())
            self._numbers.idle.labels(*self._names, number).set_function(one.idle)
        return self.progress.partitions[number]

    def settled(self, settled: Settled, *, parked_keys: int) -> None:
        """A transaction went through."""
        self.progress.trouble = None
        self._applied(settled.applied, parked_keys=parked_keys)
        for one in settled.failed:
            self._numbers.parked.labels(*self._names).inc()
            if one.culprit:
                _log.error("An event is parked", consumer=self._names[0], topic=self._names[1], error=one.reason)

    def retried(self, retried: Retried, *, parked_keys: int) -> None:
        """Parked keys were tried. What failed again was said when it was parked, and is in its row."""
        self._applied(retried.applied, parked_keys=parked_keys)

    def stands(self, now: float, standing: Mapping[int, Standing], *, working: bool) -> None:
        """The broker answered with its ends. Unless our own work still fails, what had failed before works again."""
        if working:
            self.progress.trouble = None
        for number, found in standing.items():
            one = self.partition(number)
            if found.place != one.place or (not found.lag and one.broken is None and not one.refilling):
                one.moved_at = now
            one.lag, one.place = found.lag, found.place
            self._numbers.lag.labels(*self._names, number).set(found.lag)

    def hole(self, number: int) -> None:
        """Records are missing on the topic."""
        self._numbers.holes.labels(*self._names).inc()
        _log.error("A hole in a topic; refilling from its owner's log", topic=self._names[1], partition=number)

    def broken(self, number: int, why: str) -> None:
        """A partition has stopped until a person has looked."""
        self.partition(number).broken = why
        self._count_stopped()
        self._numbers.failures.labels(*self._names).inc()
        _log.error("A partition has stopped for a person", topic=self._names[1], partition=number, error=why)

    def mended(self, number: int) -> None:
        """Somebody has let it go on."""
        self.partition(number).broken = None
        self._count_stopped()
        self.partition(number).refilling = False
        _log.warning("A partition goes on that a person has let go on", topic=self._names[1], partition=number)

    def refilled(self, count: int) -> None:
        """Events came from the owner's log, not from Kafka."""
        if count:
            self._numbers.refilled.labels(*self._names).inc(count)
            _log.warning("Events came from the owner's log", topic=self._names[1], count=count)

    def owner_answers(self) -> None:
        """The owner's log was asked whether Kafka lacks anything, and said."""
        if self.progress.blind is not None:
            _log.info("The owner's log answers again", topic=self._names[1])
        self.progress.blind = None
        self._numbers.blind.labels(*self._names).set(0)

    def owner_is_away(self, why: str) -> None:
        """The owner's log gave no answer that can be used: until it does, a loss is not seen and a hole not filled."""
        if self.progress.blind != why:
            _log.error("No loss is seen: the owner's log gives no answer", topic=self._names[1], error=why)
        self.progress.blind = why
        self._numbers.blind.labels(*self._names).set(1)
        self._numbers.unanswered.labels(*self._names).inc()

    def failing(self, trouble: str) -> None:
        """Something failed that is tried again."""
        self.progress.trouble = trouble
        self._numbers.failures.labels(*self._names).inc()

    def rebuilt(self) -> None:
        """The connection to Kafka is opened anew."""
        self._numbers.rebuilt.labels(*self._names).inc()

    def _count_stopped(self) -> None:
        count = sum(one.broken is not None for one in self.progress.partitions.values())
        self._numbers.stopped.labels(*self._names).set(count)

    def _applied(self, count: int, *, parked_keys: int) -> None:
        self.progress.parked_keys = parked_keys
        self._numbers.parked_keys.labels(*self._names).set(parked_keys)
        self._numbers.applied.labels(*self._names).inc(count)
