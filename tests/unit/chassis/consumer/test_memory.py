"""The consumer in memory drives handlers by the rules of the real one. Guards: duplicate check, pseq check, parking."""

from collections.abc import Sequence

import pytest
from chassis.consumer import ConsumedEvent, MemoryConsumer, Subscription
from chassis.consumer.memory import HoleInTopic
from chassis.database import Connection
from chassis.errors import PermanentFailure, TransientFailure
from support.arrivals import TOPIC, arrival


class Recorder:
    """Keeps what it applied; refuses the ids in `poison`, is away when told so."""

    def __init__(self) -> None:
        self.applied: list[str] = []
        self.poison: set[str] = set()
        self.away = False

    async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
        for event in events:
            if self.away:
                raise TransientFailure("the vault does not answer")
            if event.header.id in self.poison:
                raise PermanentFailure("this fact cannot be applied")
            self.applied.append(event.header.id)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def consumer(recorder: Recorder) -> MemoryConsumer:
    return MemoryConsumer(Subscription(TOPIC, recorder, "http://127.0.0.1:1"))


async def test_a_repeat_is_applied_once(consumer: MemoryConsumer, recorder: Recorder) -> None:
    await consumer.deliver([arrival(1), arrival(2), arrival(1), arrival(2), arrival(3)])
    assert recorder.applied == ["0-1", "0-2", "0-3"]


async def test_a_hole_is_refused(consumer: MemoryConsumer) -> None:
    with pytest.raises(HoleInTopic, match="after pseq 1 of partition 0 came 3"):
        await consumer.deliver([arrival(1), arrival(3)])


async def test_a_poison_event_parks_its_key_in_order_and_others_flow(
    consumer: MemoryConsumer, recorder: Recorder
) -> None:
    recorder.poison = {"0-2"}
    await consumer.deliver([arrival(1, key="a"), arrival(2, key="a"), arrival(3, key="b"), arrival(4, key="a")])
    assert recorder.applied == ["0-1", "0-3"]
    assert [one.event.pseq for one in consumer.parked] == [2, 4]
    recorder.poison.clear()
    assert await consumer.retry() == 2
    assert recorder.applied == ["0-1", "0-3", "0-2", "0-4"]
    assert not consumer.parked


async def test_unknown_types_and_unreadable_bodies_are_parked_not_skipped(consumer: MemoryConsumer) -> None:
    await consumer.deliver([arrival(1, type_="police.unheard-of.v9"), arrival(2, key="b", content=b"not json")])
    assert [one.reason.split(":")[0] for one in consumer.parked] == ["UnknownType", "UnreadableEvent"]


async def test_data_that_does_not_fit_its_type_is_a_permanent_failure(recorder: Recorder) -> None:
    class Reader:
        async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
            events[0].data()

    consumer = MemoryConsumer(Subscription(TOPIC, Reader(), "http://127.0.0.1:1"))
    await consumer.deliver([arrival(1)])
    assert consumer.parked[0].reason.startswith("UnreadableEvent: data of police.crime-reported.v1")


async def test_a_transient_failure_never_parks(consumer: MemoryConsumer, recorder: Recorder) -> None:
    recorder.away = True
    with pytest.raises(TransientFailure):
        await consumer.deliver([arrival(1)])
    assert not consumer.parked
    recorder.away = False
    assert await consumer.deliver([arrival(1)]) == 1
