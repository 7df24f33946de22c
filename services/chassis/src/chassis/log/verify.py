"""Verifying the log offline: recompute the chain and name the first bad position."""

from collections.abc import Iterable

from chassis.log.chain import GENESIS, content_hash, link, microseconds
from chassis.log.errors import BrokenChain
from chassis.log.records import LogRecord


def verify_chain(records: Iterable[LogRecord], *, after: int = 0, previous: bytes = GENESIS) -> tuple[int, bytes]:
    """Return the last position and hash of `records`, which follow `after` and its hash `previous`.

    Raises BrokenChain with the first position where a record is missing, changed, moved or inserted. A log cut off at
    its end verifies: compare the result with the head, or with a receipt.
    """
    position, hash_ = after, previous
    for record in records:
        position += 1
        if record.position != position:
            raise BrokenChain(position, f"the record is missing, the next one is {record.position}")
        hash_ = link_of(record, hash_, content_hash(record))
        if record.hash != hash_:
            raise BrokenChain(position, "the record or the one before it was changed")
    return position, hash_


def link_of(record: LogRecord, previous: bytes, content: bytes) -> bytes:
    """Return the hash that `record` must carry after `previous`."""
    return link(
        previous,
        content,
        position=record.position,
        recorded_us=microseconds(record.recorded_at),
        partition=record.partition,
        pseq=record.pseq,
    )
