"""A service's consumer: one active instance per name, one loop per topic, standby until the lease is free."""

from collections.abc import Callable, Sequence

from prometheus_client import CollectorRegistry

from chassis.consumer.health import ConsumerHealth, ConsumerNumbers
from chassis.consumer.owner_log import OwnerLog
from chassis.consumer.reporting import TopicReport
from chassis.consumer.settlement import Settlement
from chassis.consumer.source import OpenSource
from chassis.consumer.subscription import Subscription
from chassis.consumer.topic import Pace, TopicLoop
from chassis.database import Pool
from chassis.http.readiness import NotReady
from chassis.leading import led
from chassis.leases import Lease

OwnerOf = Callable[[Subscription], OwnerLog]
MOST_IDLE_SECONDS = 30.0


class Consumer:
    """Follows its subscriptions' topics, each with its own handler, connection to Kafka and transactions.

    `run` is a background task of the service: it ends only by cancellation or, when another instance has taken over,
    by Fenced. `chassis.consumer.kafka_consumer` builds one on Kafka and HTTP.
    """

    def __init__(
        self,
        name: str,
        *,
        pool: Pool,
        open_source: OpenSource,
        owner_of: OwnerOf,
        subscriptions: Sequence[Subscription],
        registry: CollectorRegistry,
        pace: Pace | None = None,
        lease_seconds: float = 6.0,
    ) -> None:
        self._name, self._pool = name, pool
        self._open_source, self._owner_of = open_source, owner_of
        self._pace = pace or Pace()
        self._lease = Lease(pool, f"consumer:{name}", seconds=lease_seconds)
        numbers = ConsumerNumbers(registry)
        self._topics = [(one, TopicReport(name, one.topic, numbers)) for one in subscriptions]
        self._leading = False

    async def run(self) -> None:
        """Wait for the lease, then follow every topic; raises Fenced."""
        try:
            async with led(self._lease) as (epoch, group):
                self._leading = True
                for subscription, report in self._topics:
                    group.create_task(self._loop(subscription, report, epoch).run())
        finally:
            self._leading = False

    def health(self) -> ConsumerHealth:
        """Say how far the consumer is, for /progress and for people."""
        progress = [report.progress for _, report in self._topics]
        return ConsumerHealth(
            leading=self._leading,
            partitions=tuple(one for topic in progress for one in topic.health()),
            troubles={topic.topic: topic.trouble for topic in progress if topic.trouble is not None},
            parked_keys={topic.topic: topic.parked_keys for topic in progress},
            blind={topic.topic: topic.blind for topic in progress if topic.blind is not None},
        )

    async def ready(self) -> str:
        """A check of progress: raises NotReady when something that waits has not moved for half a minute."""
        health = self.health()
        if not health.leading:
            return "standby"
        if broken := [one.broken for one in health.partitions if one.broken is not None]:
            raise NotReady("; ".join(broken))
        if health.longest_idle > MOST_IDLE_SECONDS:
            raise NotReady(f"has waiting events and made its last progress {health.longest_idle:.0f} s ago")
        if health.troubles:
            raise NotReady(f"tries again: {', '.join(sorted(health.troubles))}")
        if unread := [report.progress.topic for _, report in self._topics if not report.progress.partitions]:
            raise NotReady(f"has not begun to read: {', '.join(sorted(unread))}")
        blind = "".join(f"; no loss is seen on {topic}: {why}" for topic, why in sorted(health.blind.items()))
        behind, parked = sum(one.lag for one in health.partitions), sum(health.parked_keys.values())
        return f"{behind} behind, {parked} keys parked{blind}"

    def _loop(self, subscription: Subscription, report: TopicReport, epoch: int) -> TopicLoop:
        return TopicLoop(
            Settlement(self._pool, self._name, subscription, epoch),
            open_source=self._open_source,
            owner=self._owner_of(subscription),
            report=report,
            pace=self._pace,
        )
