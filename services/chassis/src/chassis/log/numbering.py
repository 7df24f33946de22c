"""Numbering: gives admitted events their position, partition sequence and chain hash. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from chassis.log.chain import hash_of_content, link
from chassis.log.head import Head
from chassis.log.partition import partition_of
from chassis.log.records import NewEvent, Receipt
from chassis.log.row_format import content_values, microseconds, place_values, row_values

Lane: TypeAlias = tuple[int | None, int | None]
"""Partition and pseq; both None for an internal event."""


class Prepared(NamedTuple):
    """An event with what does not depend on its place: the values of its content, and their hash."""

    event: NewEvent
    content: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Numbered:
    """For each event its row for COPY, lane and receipt; and the head that follows them."""

    rows: Sequence[bytes]
    lanes: Sequence[Lane]
    receipts: Sequence[Receipt]
    head: Head


def prepared(event: NewEvent) -> Prepared:
    """Write and hash the content; raises UnstorableEvent."""
    content = content_values(event)
    return Prepared(event, content, hash_of_content(content, event.private))


def number(head: Head, events: Sequence[Prepared]) -> Numbered:
    """Place events after `head`, all recorded at the head's time."""
    position, hash_, recorded_at, pseqs = head.position, head.hash, head.recorded_at, list(head.pseqs)
    recorded_us, partitions = microseconds(recorded_at), len(pseqs)
    rows: list[bytes] = []
    lanes: list[Lane] = []
    receipts: list[Receipt] = []
    for event, content, content_hash in events:
        position += 1
        partition = pseq = None
        if event.key is not None:
            partition = partition_of(event.key, partitions)
            pseqs[partition] = pseq = pseqs[partition] + 1
        place = place_values(position, recorded_us, partition, pseq)
        hash_ = link(hash_, content_hash, place)
        rows.append(row_values(content, event.private, place, hash_))
        lanes.append((partition, pseq))
        receipts.append(Receipt(event.id, event.source, position, hash_, recorded_at, duplicate=False))
    return Numbered(rows, lanes, receipts, Head(position, hash_, pseqs, recorded_at))
