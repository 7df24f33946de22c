"""Numbering: gives admitted events their position, partition sequence and chain hash. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import msgspec

from chassis.log.chain import hash_of_content, link
from chassis.log.head import Head
from chassis.log.partition import partition_of
from chassis.log.records import NewEvent, Receipt
from chassis.log.row_format import content_front, microseconds, place_values, row_parts

Place: TypeAlias = tuple[int, int | None, int | None, bytes]
"""Position, partition, pseq (both None for an internal event) and hash."""


class Prepared(msgspec.Struct, frozen=True, gc=False):
    """An event with what does not depend on its place: its content's values before the body, and the content's hash."""

    event: NewEvent
    front: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Numbered:
    """For each event its place, and the parts of their rows for COPY; all are recorded at one time."""

    recorded_at: datetime
    places: Sequence[Place]
    rows: Sequence[bytes]

    def receipts(self, events: Sequence[Prepared]) -> list[Receipt]:
        """The receipt of each of the events."""
        recorded_at = self.recorded_at
        return [
            Receipt(one.event.id, one.event.source, place[0], place[3], recorded_at, duplicate=False)
            for one, place in zip(events, self.places, strict=True)
        ]


def prepared(event: NewEvent) -> Prepared:
    """Write and hash the content; raises UnstorableEvent."""
    front = content_front(event)
    return Prepared(event, front, hash_of_content(front, event.body, event.private))


def number(head: Head, events: Sequence[Prepared]) -> Numbered:
    """Place events after `head`, all recorded at the head's time."""
    position, hash_, pseqs = head.position, head.hash, list(head.pseqs)
    recorded_us, partitions = microseconds(head.recorded_at), len(pseqs)
    places: list[Place] = []
    rows: list[bytes] = []
    for one in events:
        event = one.event
        position += 1
        partition = pseq = None
        if event.key is not None:
            partition = partition_of(event.key, partitions)
            pseqs[partition] = pseq = pseqs[partition] + 1
        place = place_values(position, recorded_us, partition, pseq)
        hash_ = link(hash_, one.hash, place)
        places.append((position, partition, pseq, hash_))
        rows += row_parts(one.front, event.body, event.private, place, hash_)
    return Numbered(head.recorded_at, places, rows)
