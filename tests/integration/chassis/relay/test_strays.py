"""What the relay finds on its topic that it did not expect: records of others, and more than its log holds."""

import pytest
from aiokafka import AIOKafkaProducer
from chassis.errors import Fenced
from chassis.log.partition import partition_of
from chassis.relay.broker import KafkaBroker
from chassis.relay.past_topic import number_past
from chassis.relay.session import Target
from chassis.relay.tail import Last, kafka_tail
from support.log_events import an_event
from support.relay_bench import Bench, assert_contiguous

pytestmark = pytest.mark.servers


async def stray(bench: Bench, partition: int, count: int) -> None:
    async with AIOKafkaProducer(bootstrap_servers=bench.bootstrap, acks="all") as producer:
        for number in range(count):
            await producer.send_and_wait(bench.topic, b"stray %d" % number, partition=partition)


async def tail(bench: Bench) -> dict[int, Last]:
    return dict(await kafka_tail(bench.kafka, bench.topic, partitions=4))


@pytest.mark.parametrize("count", [1, 5])
async def test_strays_at_the_end_stop_no_relay_and_are_said_once(
    bench: Bench, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Guards stepping over what no relay sent."""
    key = "case-1"
    await bench.append(an_event(key=key), an_event(key=key))
    async with bench.relaying():
        await bench.relayed(2)
    await stray(bench, partition_of(key, 4), count)
    await stray(bench, (partition_of(key, 4) + 1) % 4, 1)
    await bench.append(an_event(key=key))
    async with bench.relaying():
        await bench.relayed(3)
    said = capsys.readouterr().out.count("Records that no relay sent")
    assert said == 2, "once for each partition"
    assert (await tail(bench))[partition_of(key, 4)] == Last(3, 3)
    assert_contiguous(await bench.published())


async def test_a_log_restored_from_an_older_copy_numbers_on_past_its_topic(bench: Bench) -> None:
    """Guards the way on for a topic that is ahead of its log."""
    key = "case-1"
    lane = partition_of(key, 4)
    for position in (1, 2, 3):
        await bench.append(an_event(key=key))
        async with bench.relaying():
            await bench.relayed(position)
    await restore(bench, position=1)
    target = Target(KafkaBroker(bench.kafka), bench.topic)
    assert await number_past(bench.pool, target)
    assert not await number_past(bench.pool, target), "a second time it has nothing to do"

    other = next(f"case-{n}" for n in range(2, 99) if partition_of(f"case-{n}", 4) != lane)
    with pytest.raises(Fenced):
        await bench.append(an_event(key=key))
    await bench.append(an_event(key=other), epoch=2)
    await bench.append(an_event(key=key), epoch=2)
    async with bench.relaying():
        await bench.relayed(5)
    assert (await tail(bench))[lane] == Last(4, 5), "no number is given twice"
    async with bench.pool.acquire() as connection:
        assert [row[0] for row in await connection.fetch("SELECT position FROM log ORDER BY 1")] == [1, 4, 5]


async def restore(bench: Bench, *, position: int) -> None:
    """Bring the log back to how it was at a position, as a back-up does."""
    async with bench.pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL session_replication_role = replica")
        await connection.execute("DELETE FROM log WHERE position > $1", position)
        await connection.execute(
            "UPDATE log_head SET (position, hash, recorded_at) = (SELECT position, hash, recorded_at FROM log "
            "ORDER BY position DESC LIMIT 1), pseqs = ARRAY(SELECT coalesce((SELECT max(pseq) FROM log "
            "WHERE partition = lane - 1), 0) FROM generate_subscripts(pseqs, 1) AS lane ORDER BY lane)"
        )
        await connection.execute("UPDATE relay_checkpoint SET position = $1", position)
        await connection.execute("UPDATE relay_checkpoint SET pseqs = (SELECT pseqs FROM log_head)")
