"""What a consumer has put aside, and when each key of it is tried again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from chassis.consumer import parking

from simulation.server import Database, Rows, Statement
from simulation.tables import Work

_SEEN: Final = ("partition", "pseq", "position", "key", "recorded_at", "traceparent", "body")
_EVENT: Final = ("topic", *_SEEN, "reason", "attempts")


async def _park(database: Database, work: Work, consumer: str, first_seconds: float, *columns: Sequence[Any]) -> Rows:
    table = database.table("parked")
    for values in zip(*columns, strict=True):
        event = dict(zip(_EVENT, values, strict=True))
        place = (consumer, event["topic"], event["partition"], event["pseq"])
        if await table.lock(work, place) is None:
            await table.put(work, place, event)
    return [{}] * len(columns[0])


async def _park_keys(
    database: Database, work: Work, consumer: str, first_seconds: float, *columns: Sequence[Any]
) -> Rows:
    table, new = database.table("parked_key"), 0
    due = database.clock_timestamp() + timedelta(seconds=first_seconds)
    first_of_each = sorted(zip(*columns, strict=True), key=lambda row: (row[3], row[2]))
    for topic, partition, _, key, reason, attempts in first_of_each:
        if await table.lock(work, (consumer, topic, key)) is None:
            row = {"key": key, "partition": partition, "reason": reason, "attempts": attempts, "next_retry_at": due}
            await table.put(work, (consumer, topic, key), row)
            new += 1
    return [{"count": new}]


async def _name_keys(database: Database, work: Work, consumer: str, topic: str) -> Rows:
    return []


async def _count(database: Database, work: Work, consumer: str, topic: str) -> Rows:
    return [{"count": len(list(_keys(database, work, consumer, topic)))}]


async def _held(database: Database, work: Work, consumer: str, topic: str, keys: Sequence[str]) -> Rows:
    return [{"key": row["key"]} for row in _keys(database, work, consumer, topic) if row["key"] in keys]


async def _due(database: Database, work: Work, consumer: str, topic: str, limit: int) -> Rows:
    now = database.clock_timestamp()
    due = [row for row in _keys(database, work, consumer, topic) if row["next_retry_at"] <= now]
    return sorted(due, key=lambda row: (row["next_retry_at"], row["key"]))[:limit]


async def _waiting(database: Database, work: Work, consumer: str, topic: str, key: str, limit: int) -> Rows:
    rows = [
        {field: row[field] for field in _SEEN}
        for place, row in database.table("parked").seen(work)
        if place[:2] == (consumer, topic) and row["key"] == key
    ]
    return sorted(rows, key=lambda row: row["pseq"])[:limit]


async def _release(
    database: Database, work: Work, consumer: str, topic: str, partition: int, pseqs: Sequence[int]
) -> Rows:
    for pseq in pseqs:
        await database.table("parked").put(work, (consumer, topic, partition, pseq), None)
    return []


async def _set_free(database: Database, work: Work, consumer: str, topic: str, key: str) -> Rows:
    await database.table("parked_key").put(work, (consumer, topic, key), None)
    return []


async def _postpone(
    database: Database, work: Work, consumer: str, topic: str, key: str, attempts: int, seconds: float, why: str | None
) -> Rows:
    table = database.table("parked_key")
    row = await table.lock(work, (consumer, topic, key))
    if row is None:
        return []
    due = database.clock_timestamp() + timedelta(seconds=seconds)
    changed = {"attempts": attempts, "next_retry_at": due, "reason": why or row["reason"]}
    await table.put(work, (consumer, topic, key), {**row, **changed})
    return [{}]


async def _make_due(database: Database, work: Work, consumer: str, topic: str | None, key: str | None) -> Rows:
    table, now = database.table("parked_key"), database.clock_timestamp()
    due = [(place, row) for place, row in table.seen(work)]
    for place, row in due:
        await table.put(work, place, {**row, "next_retry_at": now})
    return [{"count": len(due)}]


def _keys(database: Database, work: Work, consumer: str, topic: str) -> Iterator[Mapping[str, Any]]:
    for place, row in database.table("parked_key").seen(work):
        if place[:2] == (consumer, topic):
            yield row


PARKING: dict[str, Statement] = {
    parking._PARK: _park,
    parking._PARK_KEYS: _park_keys,
    parking._NAME_KEYS: _name_keys,
    parking._COUNT: _count,
    parking._HELD: _held,
    parking._DUE: _due,
    parking._WAITING: _waiting,
    parking._RELEASE: _release,
    parking._SET_FREE: _set_free,
    parking._POSTPONE: _postpone,
    parking._MAKE_DUE: _make_due,
}
