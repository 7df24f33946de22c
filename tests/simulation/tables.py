"""Tables with PostgreSQL's row locks at READ COMMITTED: what is changed is seen by others once it is committed."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import asyncpg

Key: TypeAlias = Any
Value: TypeAlias = dict[str, Any]

# The server looks for a circle after a second of waiting; a statement is cancelled after ten.
_CIRCLE_SECONDS: Final = 1.0
_COMMAND_SECONDS: Final = 10.0


@dataclass(slots=True, eq=False)
class Row:
    """What is committed, and what the transaction that has locked the row makes of it."""

    committed: Value | None = None
    pending: Value | None = None
    owner: "Work | None" = None
    free: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True, eq=False)
class Work:
    """One transaction: the rows that it has locked, what they were before, whom it waits for, whom it notifies."""

    undo: list[tuple[Row, Value | None, "Work | None"]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    waits_for: "Work | None" = None
    waits_at: Row | None = None
    gone: bool = False

    def end(self) -> None:
        """Its connection is gone: whoever waits in it for a lock learns of it."""
        self.gone = True
        self.roll_back()
        if self.waits_at is not None:
            self.waits_at.free.set()

    def save(self) -> int:
        """A savepoint."""
        return len(self.undo)

    def undo_to(self, savepoint: int) -> None:
        """Take back what came after; rows locked since are free again."""
        while len(self.undo) > savepoint:
            row, value, owner = self.undo.pop()
            row.pending, row.owner = value, owner
            if owner is None:
                _let_go(row)

    def commit(self) -> list[str]:
        """Make everything visible; returns the channels to notify."""
        for row, _, _ in self.undo:
            row.committed, row.owner = row.pending, None
            _let_go(row)
        self.undo.clear()
        notices, self.notices = self.notices, []
        return notices

    def roll_back(self) -> None:
        """Nothing has happened."""
        self.undo_to(0)
        self.notices.clear()


class Table:
    """Rows by their primary key."""

    def __init__(self) -> None:
        self._rows: dict[Key, Row] = {}

    def seen(self, work: Work) -> Iterator[tuple[Key, Value]]:
        """What `work` sees, in the order in which rows were first made."""
        for key, row in list(self._rows.items()):
            value = row.pending if row.owner is work else row.committed
            if value is not None:
                yield key, value

    def get(self, work: Work, key: Key) -> Value | None:
        """One row as `work` sees it."""
        row = self._rows.get(key)
        if row is None:
            return None
        return row.pending if row.owner is work else row.committed

    def locked_by_others(self, work: Work, key: Key) -> bool:
        """Whether SKIP LOCKED passes over it."""
        row = self._rows.get(key)
        return row is not None and row.owner not in (None, work)

    async def lock(self, work: Work, key: Key) -> Value | None:
        """Lock a row, or the place of one, and read it anew. Raises DeadlockDetectedError, QueryCanceledError."""
        row = self._rows.setdefault(key, Row())
        if row.owner is work:
            return row.pending
        await _wait_for(row, work)
        work.undo.append((row, row.committed, None))
        row.owner, row.pending = work, row.committed
        return row.pending

    async def put(self, work: Work, key: Key, value: Value | None) -> None:
        """Insert, update or (None) delete a row."""
        await self.lock(work, key)
        row = self._rows[key]
        work.undo.append((row, row.pending, work))
        row.pending = value


async def _wait_for(row: Row, work: Work) -> None:
    waited = 0.0
    while row.owner is not None:
        work.waits_for, work.waits_at = row.owner, row
        row.free.clear()
        try:
            async with asyncio.timeout(_CIRCLE_SECONDS):
                await row.free.wait()
        except TimeoutError:
            waited += _CIRCLE_SECONDS
            if _in_a_circle(work):
                raise asyncpg.DeadlockDetectedError("deadlock detected") from None
            if waited >= _COMMAND_SECONDS:
                raise asyncpg.QueryCanceledError("canceling statement due to user request") from None
        finally:
            work.waits_for = work.waits_at = None
        if work.gone:
            raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")


def _in_a_circle(work: Work) -> bool:
    seen = [work]
    while (other := seen[-1].waits_for) is not None:
        if other in seen:
            return True
        seen.append(other)
    return False


def _let_go(row: Row) -> None:
    row.owner = None
    row.free.set()
