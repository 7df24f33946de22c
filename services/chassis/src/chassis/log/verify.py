"""Verifying the log offline: recompute the chain and name the first bad position."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from chassis.log.chain import GENESIS, content_hash, link
from chassis.log.errors import BrokenChain
from chassis.log.records import LogRecord
from chassis.log.row_format import microseconds, place_values


class Placed(Protocol):
    """A record with its place in the log."""

    @property
    def position(self) -> int: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def partition(self) -> int | None: ...
    @property
    def pseq(self) -> int | None: ...
    @property
    def hash(self) -> bytes: ...


def verify_chain(records: Iterable[LogRecord], *, after: int = 0, previous: bytes = GENESIS) -> tuple[int, bytes]:
    """Return the last position and hash of `records`, which follow `after` and its hash `previous`.

    Raises BrokenChain with the first position where a record is missing, changed, moved or inserted. A log cut off at
    its end verifies: compare the result with the head, or with a receipt.
    """
    position, hash_ = after, previous
    for record in records:
        position, hash_ = follow(record, position, hash_, content_hash(record))
    return position, hash_


def follow(record: Placed, after: int, previous: bytes, content: bytes) -> tuple[int, bytes]:
    """Return position and hash of `record` if it is what follows; raises BrokenChain."""
    position = after + 1
    if record.position != position:
        raise BrokenChain(position, f"the record is missing, the next one is {record.position}")
    place = place_values(position, microseconds(record.recorded_at), record.partition, record.pseq)
    hash_ = link(previous, content, place)
    if record.hash != hash_:
        raise BrokenChain(position, "the record or the one before it was changed")
    return position, hash_
