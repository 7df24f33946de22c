"""Pages of the log as the relay reads them: every position, but the bodies of relayed events only."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chassis.database import Connection

_FIELDS = (
    "position, partition, pseq, key, recorded_at, traceparent, CASE WHEN partition IS NULL THEN NULL ELSE body END"
)
_AFTER = f"SELECT {_FIELDS} FROM log WHERE position > $1 ORDER BY position LIMIT $2"
_AGAIN = f"SELECT {_FIELDS} FROM log WHERE partition = $1 AND pseq > $2 AND pseq <= $3 ORDER BY pseq LIMIT $4"


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One position of the log; `partition`, `pseq`, `key` and `body` are None for an internal event."""

    position: int
    partition: int | None
    pseq: int | None
    key: str | None
    recorded_at: datetime
    traceparent: str | None
    body: bytes | None


async def page_after(connection: Connection, position: int, *, limit: int) -> Sequence[Entry]:
    """Return the next entries, in order of position."""
    return [Entry(*row) for row in await connection.fetch(_AFTER, position, limit)]


async def page_again(connection: Connection, partition: int, *, after: int, upto: int, limit: int) -> Sequence[Entry]:
    """Return entries of one partition whose pseq is over `after` and at most `upto`."""
    return [Entry(*row) for row in await connection.fetch(_AGAIN, partition, after, upto, limit)]
