"""The log as `GET /log` serves it: for consumers that found a hole, and for auditors, who can verify it offline."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Self

import msgspec

from chassis.log.chain import GENESIS, content_hash_of
from chassis.log.records import LogRecord, Recorded
from chassis.log.verify import follow


class ServedRecord(Recorded, frozen=True):
    """One record without `private`, of which only the SHA-256 is shown. Bytes are base64 in JSON.

    An internal event has no key, topic, partition and pseq.
    """

    topic: str | None
    partition: int | None
    pseq: int | None
    body: bytes
    private_sha256: bytes | None
    digest: bytes
    traceparent: str | None
    hash: bytes

    @classmethod
    def of(cls, record: LogRecord, *, topic: str) -> Self:
        """Show a record of the log that is relayed to `topic`."""
        return cls(
            position=record.position,
            recorded_at=record.recorded_at,
            occurred_at=record.occurred_at,
            id=record.id,
            source=record.source,
            type=record.type,
            stream=record.stream,
            version=record.version,
            key=record.key,
            topic=None if record.partition is None else topic,
            partition=record.partition,
            pseq=record.pseq,
            body=record.body,
            private_sha256=None if record.private is None else hashlib.sha256(record.private).digest(),
            digest=record.digest,
            traceparent=record.traceparent,
            hash=record.hash,
        )


class ServedHead(msgspec.Struct, frozen=True):
    """Where the log ends now: what an auditor compares the last verified record with."""

    position: int
    hash: bytes
    pseqs: Sequence[int]


class LogPage(msgspec.Struct, frozen=True):
    """One page; ask again after the position of its last record until it is empty.

    `now` is the owner's business time, by which its records' `recorded_at` is told. `seen_sha256` is the SHA-256 of the
    body that stands under the sequence number which the reader has seen; None where none does, or none was named. An
    owner of an older release says neither.
    """

    records: Sequence[ServedRecord]
    head: ServedHead
    now: datetime | None = None
    seen_sha256: bytes | None = None


class Checkpoint(msgspec.Struct, frozen=True):
    """How far a consumer is in one partition of another service's log; `parked` of these wait apart."""

    consumer: str
    topic: str
    partition: int
    pseq: int
    position: int
    parked: int


_decoder = msgspec.json.Decoder(LogPage)


def encode_page(page: LogPage) -> bytes:
    """Write a page as JSON."""
    return msgspec.json.encode(page)


def decode_page(content: bytes) -> LogPage:
    """Read a page; raises msgspec.MsgspecError when it is not one."""
    return _decoder.decode(content)


def encode_checkpoints(checkpoints: Sequence[Checkpoint]) -> bytes:
    """Write checkpoints as JSON."""
    return msgspec.json.encode(checkpoints)


def decode_checkpoints(content: bytes) -> Sequence[Checkpoint]:
    """Read checkpoints; raises msgspec.MsgspecError when they are none."""
    return msgspec.json.decode(content, type=list[Checkpoint])


def verify_served(records: Iterable[ServedRecord], *, after: int = 0, previous: bytes = GENESIS) -> tuple[int, bytes]:
    """Verify records of all partitions as `verify_chain` does; raises BrokenChain."""
    position, hash_ = after, previous
    for record in records:
        position, hash_ = follow(record, position, hash_, content_hash_of(record, record.private_sha256))
    return position, hash_
