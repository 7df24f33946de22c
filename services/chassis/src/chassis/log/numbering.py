"""Numbering: gives admitted events their position, partition sequence and chain hash. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from chassis.log.chain import link, microseconds
from chassis.log.head import Head
from chassis.log.partition import partition_of
from chassis.log.records import NewEvent, Receipt

COLUMNS = (
    "position",
    "recorded_at",
    "occurred_at",
    "id",
    "source",
    "type",
    "stream",
    "version",
    "key",
    "partition",
    "pseq",
    "body",
    "private",
    "digest",
    "traceparent",
    "hash",
)
Row: TypeAlias = tuple[object, ...]
Prepared: TypeAlias = tuple[NewEvent, bytes]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Rows in the order of COLUMNS, a receipt for each, and the head that follows them."""

    rows: Sequence[Row]
    receipts: Sequence[Receipt]
    head: Head


def number(head: Head, events: Sequence[Prepared]) -> Numbered:
    """Place events, each with its content hash, after `head`, all recorded at the head's time."""
    position, hash_, recorded_at, pseqs = head.position, head.hash, head.recorded_at, list(head.pseqs)
    recorded_us, partitions = microseconds(recorded_at), len(pseqs)
    rows: list[Row] = []
    receipts: list[Receipt] = []
    for event, content in events:
        position += 1
        partition = pseq = None
        if event.key is not None:
            partition = partition_of(event.key, partitions)
            pseqs[partition] = pseq = pseqs[partition] + 1
        hash_ = link(hash_, content, position=position, recorded_us=recorded_us, partition=partition, pseq=pseq)
        rows.append(_row(event, position, recorded_at, partition, pseq, hash_))
        receipts.append(Receipt(event.id, event.source, position, hash_, recorded_at, duplicate=False))
    return Numbered(rows, receipts, Head(position, hash_, pseqs, recorded_at))


def _row(
    event: NewEvent, position: int, recorded_at: object, partition: int | None, pseq: int | None, hash_: bytes
) -> Row:
    return (
        position,
        recorded_at,
        event.occurred_at,
        event.id,
        event.source,
        event.type,
        event.stream,
        event.version,
        event.key,
        partition,
        pseq,
        event.body,
        event.private,
        event.digest,
        event.traceparent,
        hash_,
    )
