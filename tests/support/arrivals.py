"""Records for consumer tests: many keys, contiguous per partition, with a small known type."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from chassis.consumer.events import Arrival

TOPIC = "intake.events"
TYPE = "police.crime-reported.v1"
RECORDED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def body(event_id: str, *, type_: str = TYPE) -> bytes:
    return msgspec.json.encode(
        {"specversion": "1.0", "id": event_id, "source": "/police/x", "type": type_, "time": RECORDED, "data": {}}
    )


def arrival(
    pseq: int, *, key: str = "a", partition: int = 0, type_: str = TYPE, content: bytes | None = None
) -> Arrival:
    """The record with this pseq; its position interleaves the partitions and its event id is `<partition>-<pseq>`."""
    event_id = f"{partition}-{pseq}"
    return Arrival(
        TOPIC,
        partition,
        pseq,
        pseq * 4 + partition,
        key,
        RECORDED,
        None,
        body(event_id, type_=type_) if content is None else content,
    )


def arrivals(count: int, *, keys: Sequence[str] = "a", partition: int = 0, first: int = 1) -> list[Arrival]:
    """`count` records whose keys go round `keys`."""
    return [arrival(n, key=keys[n % len(keys)], partition=partition) for n in range(first, first + count)]
