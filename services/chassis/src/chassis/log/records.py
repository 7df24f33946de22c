"""What goes into the log and what comes out of it."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from chassis.errors import ThroughlineError


class NewEvent(msgspec.Struct, frozen=True, gc=False):
    """One event to append.

    `version` is the expected next version of the stream, from 1; None is a fact that is not version-checked.
    `key` is the Kafka key; None is an internal event, never relayed. `body` is the public CloudEvent as JSON with
    personal fields sealed, exactly as it goes to Kafka. `digest` is the keyed digest of the plaintext,
    `older_digests` are those under keys of before, by which a repeat is recognised too. `private` is aggregate state
    kept beside it, never relayed.
    """

    id: str
    source: str
    type: str
    stream: str
    version: int | None
    key: str | None
    occurred_at: datetime
    body: bytes
    digest: bytes
    private: bytes | None = None
    traceparent: str | None = None
    older_digests: tuple[bytes, ...] = ()


class Receipt(msgspec.Struct, frozen=True, gc=False):
    """Where an event stands in the log; `duplicate` when it already stood there."""

    id: str
    source: str
    position: int
    hash: bytes
    recorded_at: datetime
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a submission was not recorded; nothing of it was."""

    error: ThroughlineError


class Submission(msgspec.Struct, frozen=True, gc=False):
    """Events that are recorded together or not at all; `claims` is for the append guard."""

    events: tuple[NewEvent, ...]
    claims: object = None


class Recorded(msgspec.Struct, frozen=True):
    """What every view of a row of the log begins with."""

    position: int
    recorded_at: datetime
    occurred_at: datetime
    id: str
    source: str
    type: str
    stream: str
    version: int | None
    key: str | None


class LogRecord(Recorded, frozen=True):
    """One row of the log. `partition` and `pseq` (contiguous per partition, from 1) are None on internal events."""

    partition: int | None
    pseq: int | None
    body: bytes
    private: bytes | None
    digest: bytes
    traceparent: str | None
    hash: bytes
