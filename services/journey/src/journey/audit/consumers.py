"""How far each consumer of a log says that it is, asked of the service that consumes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis.log.served import Checkpoint

from journey.audit.evidence import Claim

TOPIC_OF_LOG = ".events"


@dataclass(frozen=True, slots=True)
class Consumed:
    """What one consumer has done of one log: the last number of each partition. `parked` counts what it set aside."""

    consumer: str
    log: str
    numbers: Mapping[int, int]
    parked: int

    def behind(self, last: Mapping[int, int]) -> int:
        """How many records it has not come to, where each partition of the log ends with the number in `last`."""
        return sum(max(0, end - self.numbers.get(partition, 0)) for partition, end in last.items())


def consumed_of(checkpoints: Sequence[Checkpoint]) -> list[Consumed]:
    """One for each consumer and log."""
    names = dict.fromkeys((one.consumer, one.topic) for one in checkpoints)
    return [_consumed(name, topic, checkpoints) for name, topic in names]


def claims_of(checkpoints: Sequence[Checkpoint]) -> list[Claim]:
    """What the checkpoints say of the logs: the last record that was consumed of each partition is there."""
    return [
        Claim(
            one.topic.removesuffix(TOPIC_OF_LOG),
            one.position,
            f"the consumer {one.consumer}",
            {"partition": one.partition, "pseq": one.pseq},
        )
        for one in checkpoints
        if one.position
    ]


def _consumed(name: str, topic: str, checkpoints: Sequence[Checkpoint]) -> Consumed:
    mine = [one for one in checkpoints if (one.consumer, one.topic) == (name, topic)]
    numbers = {one.partition: one.pseq for one in mine}
    return Consumed(name, topic.removesuffix(TOPIC_OF_LOG), numbers, sum(one.parked for one in mine))
