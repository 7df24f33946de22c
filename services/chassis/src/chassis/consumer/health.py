"""What a consumer says of itself: lag and age of the last progress per partition, never "connected"."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge


@dataclass(frozen=True, slots=True)
class PartitionHealth:
    """`lag` in records as Kafka counts them, and those it lacks; `idle_seconds` since it moved or was seen at the end.

    `broken` says why the partition has stopped for a person; such a one is never at the end.
    """

    topic: str
    partition: int
    lag: int
    idle_seconds: float
    refilling: bool
    broken: str | None


@dataclass(frozen=True, slots=True)
class ConsumerHealth:
    """`leading` is false on a standby. `troubles` holds, per topic, the failure being retried now.

    `blind` holds the topics whose owner's log gives no answer, and why: a loss on them would not be seen.
    """

    leading: bool
    partitions: tuple[PartitionHealth, ...]
    troubles: Mapping[str, str]
    parked_keys: Mapping[str, int]
    blind: Mapping[str, str]

    @property
    def longest_idle(self) -> float:
        """Seconds without progress of the partition that waits longest although there is something to do."""
        waiting = (one.idle_seconds for one in self.partitions if one.lag or one.refilling or one.broken)
        return max(waiting, default=0.0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a partition is (a place that moves with progress) and how much waits in it."""

    place: tuple[int, int]
    lag: int


@dataclass(slots=True)
class PartitionProgress:
    """Mutable side of PartitionHealth, in monotonic seconds."""

    moved_at: float
    lag: int = 0
    place: tuple[int, int] | None = None
    refilling: bool = False
    broken: str | None = None

    def idle(self) -> float:
        """Seconds without progress, also while nobody looks."""
        return max(0.0, time.monotonic() - self.moved_at)


@dataclass(slots=True)
class TopicProgress:
    """What one topic's loop reports while it runs."""

    topic: str
    partitions: dict[int, PartitionProgress] = field(default_factory=dict)
    trouble: str | None = None
    parked_keys: int = 0
    blind: str | None = None

    def health(self) -> tuple[PartitionHealth, ...]:
        """Return the partitions' health now."""
        return tuple(
            PartitionHealth(self.topic, number, one.lag, one.idle(), one.refilling, one.broken)
            for number, one in self.partitions.items()
        )


class ConsumerNumbers:
    """Prometheus numbers of all consumers of a process."""

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ["consumer", "topic"]
        self.applied = Counter("consumer_applied", "Events applied", labels, registry=registry)
        self.holes = Counter("consumer_holes", "Holes found in a topic: page someone", labels, registry=registry)
        self.refilled = Counter("consumer_refilled", "Events taken from the owner's log", labels, registry=registry)
        self.parked = Counter("consumer_parked", "Events parked: page someone", labels, registry=registry)
        self.parked_keys = Gauge("consumer_parked_keys", "Keys that are parked now", labels, registry=registry)
        self.blind = Gauge("consumer_blind", "The owner's log gives no answer: page", labels, registry=registry)
        self.unanswered = Counter("consumer_unanswered", "Questions to it without answer", labels, registry=registry)
        self.stopped = Gauge("consumer_stopped", "Partitions that wait for a person", labels, registry=registry)
        self.failures = Counter("consumer_failures", "Transient failures retried", labels, registry=registry)
        self.rebuilt = Counter("consumer_rebuilt", "Kafka connections opened anew", labels, registry=registry)
        self.lag = Gauge("consumer_lag", "Records behind Kafka's end", [*labels, "partition"], registry=registry)
        self.idle = Gauge("consumer_idle_seconds", "Since last progress", [*labels, "partition"], registry=registry)
