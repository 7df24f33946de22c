"""A consumer without Kafka or PostgreSQL: drives handlers over their own fakes, by the same rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.consumer.events import Arrival, read
from chassis.consumer.isolation import BEHIND, Failed
from chassis.consumer.no_connection import NoConnection
from chassis.consumer.sequence import Mark, take
from chassis.consumer.subscription import Subscription
from chassis.database import Connection
from chassis.errors import ThroughlineError
from chassis.failures import is_transient, reason


class HoleInTopic(ThroughlineError):
    """A test delivered a pseq too many: deliver what comes before it first."""


@dataclass(slots=True)
class MemoryConsumer:
    """Delivers records one by one. `connection` is what handlers are given; their state is in fakes of their own."""

    subscription: Subscription
    connection: Connection = field(default_factory=NoConnection)
    parked: list[Failed] = field(default_factory=list)
    _marks: dict[int, Mark] = field(default_factory=dict)

    async def deliver(self, arrivals: Sequence[Arrival]) -> int:
        """Apply new records and return how many; repeats are dropped, what fails for good is parked with its key.

        Raises HoleInTopic when a pseq is missing, and what is transient, after which the rest can be delivered again.
        """
        applied = 0
        for arrival in arrivals:
            mark = self._marks.get(arrival.partition, Mark())
            run = take(mark, [arrival])
            if run.beyond_hole is not None:
                raise HoleInTopic(f"after pseq {mark.pseq} of partition {arrival.partition} came {arrival.pseq}")
            for new in run.arrivals:
                applied += await self._apply(new)
            self._marks[arrival.partition] = run.after
        return applied

    async def retry(self) -> int:
        """Try what is parked again, in order per key; returns how many were applied."""
        waiting, self.parked = self.parked, []
        applied = 0
        for failed in sorted(waiting, key=lambda one: (one.event.partition, one.event.pseq)):
            applied += await self._apply(_as_arrival(failed))
        return applied

    async def _apply(self, arrival: Arrival) -> int:
        if any(one.event.key == arrival.key for one in self.parked):
            self.parked.append(Failed(arrival, BEHIND, culprit=False))
            return 0
        try:
            event = read(arrival, known=self.subscription.known)
            await self.subscription.handler.apply(self.connection, [event])
        except Exception as error:
            if is_transient(error):
                raise
            self.parked.append(Failed(arrival, reason(error), culprit=True))
            return 0
        return 1


def _as_arrival(failed: Failed) -> Arrival:
    event = failed.event
    return Arrival(
        event.topic,
        event.partition,
        event.pseq,
        event.position,
        event.key,
        event.recorded_at,
        event.traceparent,
        event.body,
    )
