"""Pages of the log as the relay reads them: every position, but the bodies of relayed events only."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from chassis.database import Connection

_FIELDS = "position, partition, pseq, key, recorded_at, traceparent"
# The lengths are summed without reading a body; only what is within the bound is.
_RELAYED = """
SELECT *, CASE WHEN partition IS NULL THEN NULL ELSE body END AS relayed,
  CASE WHEN partition IS NULL THEN 0 ELSE octet_length(body) END AS length
FROM log"""


def _within(page: str, *, order: str, upto: str) -> str:
    before = f"sum(length) OVER (ORDER BY {order}) - length AS before"
    return f"SELECT {_FIELDS}, relayed FROM (SELECT *, {before} FROM ({page}) page) page WHERE before < {upto}"


_AFTER = _within(f"{_RELAYED} WHERE position > $1 ORDER BY position LIMIT $2", order="position", upto="$3")
_AGAIN = _within(
    f"{_RELAYED} WHERE partition = $1 AND pseq > $2 AND pseq <= $3 ORDER BY pseq LIMIT $4", order="pseq", upto="$5"
)


class Bounds(NamedTuple):
    """A page ends with the entry that reaches one of them, so that it holds one at least."""

    bytes: int
    entries: int = 1000

    def reached_by(self, page: "Sequence[Entry]") -> bool:
        """Is there more to read at once?"""
        return len(page) >= self.entries or sum(len(entry.body or b"") for entry in page) >= self.bytes


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One position of the log; `partition`, `pseq`, `key` and `body` are None for an internal event."""

    position: int
    partition: int | None
    pseq: int | None
    key: str | None
    recorded_at: datetime
    traceparent: str | None
    body: bytes | None


async def page_after(connection: Connection, position: int, *, bounds: Bounds) -> Sequence[Entry]:
    """Return the next entries, in order of position."""
    return [Entry(*row) for row in await connection.fetch(_AFTER, position, bounds.entries, bounds.bytes)]


async def page_again(
    connection: Connection, partition: int, *, after: int, upto: int, bounds: Bounds
) -> Sequence[Entry]:
    """Return entries of one partition whose pseq is over `after` and at most `upto`."""
    rows = await connection.fetch(_AGAIN, partition, after, upto, bounds.entries, bounds.bytes)
    return [Entry(*row) for row in rows]
