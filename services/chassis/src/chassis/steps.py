"""Numbered steps: how tables that exist already are changed, each once, recorded with the hash of its file.

    0001_parked_key.sql          runs before a deploy, beside the release that goes
    0001_parked_key.after.sql    runs after it, when nothing of the release that goes is left

Each is a transaction of its own. It gives up a lock that it doesn't get at once, since all others queue behind it, and
is tried again.
One whose first line is `-- outside a transaction`, as CREATE INDEX CONCURRENTLY asks, runs statement by statement
(each ends a line with its semicolon) and must be right to repeat from its beginning after a failure in the middle.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from importlib.resources.abc import Traversable

import asyncpg

from chassis.database import Connection, open_connection
from chassis.errors import PermanentFailure, TransientFailure
from chassis.logging import get_logger

OUTSIDE = "-- outside a transaction"
AFTER = ".after"
_NAME = re.compile(r"\d{4}_[a-z_]+(\.after)?\.sql")
_END_OF_STATEMENT = re.compile(r";[ \t]*$", re.MULTILINE)
_ONE_AT_A_TIME = 0x7472_6C6E
_LOOK_AGAIN_SECONDS = 0.2
_CLOSE_SECONDS = 5
_log = get_logger(__name__)


class StepChanged(PermanentFailure):
    """The file of a step that ran here is another one now; write what is to change as a new step."""


class TablesInUse(TransientFailure):
    """A change of the tables found them locked at each try; what ran before it stays, and the same again goes on."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one waits for a lock, in seconds, and how often. Outside a transaction nobody queues behind the wait."""

    lock: float = 2
    lock_outside: float = 300
    tries: int = 20
    pause: float = 1


@dataclass(frozen=True, slots=True)
class Step:
    """A change, named by its file."""

    name: str
    text: str

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def is_after(self) -> bool:
        return self.name.endswith(AFTER)

    @property
    def statements(self) -> Sequence[str]:
        """What runs outside a transaction is sent one by one: the whole text at once is one transaction."""
        return [one for one in _END_OF_STATEMENT.split(self.text) if one.strip()]

    @property
    def is_outside(self) -> bool:
        return self.text.startswith(OUTSIDE)


def steps_of(folder: Traversable) -> list[Step]:
    """The steps in a folder, in their order; one that is not there has none."""
    found = sorted(folder.iterdir(), key=lambda file: file.name.removesuffix(".sql")) if folder.is_dir() else []
    wrong = [file.name for file in found if not _NAME.fullmatch(file.name)]
    if wrong:
        raise PermanentFailure(f"A step is named like 0001_noun.sql or 0001_noun.after.sql, unlike {wrong[0]}.")
    return [Step(file.name.removesuffix(".sql"), file.read_text(encoding="utf-8")) for file in found]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The table of a database that says which steps ran on it. `table` is one of our own names."""

    connection: Connection
    table: str
    patience: Patience = Patience()

    async def open(self) -> None:
        """Make the table, where this is the first run that knows of it."""
        await self.connection.execute(f"""
            CREATE TABLE IF NOT EXISTS {self.table} (
                name       text        PRIMARY KEY,
                hash       text        NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
            )
        """)

    async def hashes(self) -> dict[str, str]:
        """Of what ran, by name."""
        rows = await self.connection.fetch(f"SELECT name, hash FROM {self.table}")
        return {row["name"]: row["hash"] for row in rows}

    async def record(self, step: Step) -> None:
        await self.connection.execute(f"INSERT INTO {self.table} (name, hash) VALUES ($1, $2)", step.name, step.hash)

    async def run(self, steps: Iterable[Step], *, with_after: bool) -> None:
        """Run what has not run yet, in order. Raises StepChanged before anything runs; TablesInUse."""
        left = 0
        for step in await self._waiting(steps):
            if step.is_after and not with_after:
                left += 1
            else:
                await patiently(partial(self._apply, step), self.patience)
        if left:
            _log.info("Steps wait until the release before has gone; run migrate-after then", count=left)

    async def _waiting(self, steps: Iterable[Step]) -> list[Step]:
        ran, steps = await self.hashes(), list(steps)
        for step in steps:
            if ran.get(step.name, step.hash) != step.hash:
                raise StepChanged(
                    f"The step {step.name} ran here and its file has changed since; make that a new step."
                )
        return [step for step in steps if step.name not in ran]

    async def _apply(self, step: Step) -> None:
        if not step.is_outside:
            async with self.connection.transaction():
                await self._wait_for_locks(self.patience.lock)
                await self.connection.execute(step.text)
                await self.record(step)
            return
        await self._wait_for_locks(self.patience.lock_outside)
        for statement in step.statements:
            await self.connection.execute(statement)
        await self.record(step)

    async def _wait_for_locks(self, seconds: float) -> None:
        await self.connection.execute("SELECT set_config('lock_timeout', $1, false)", f"{round(seconds * 1000)}ms")


@asynccontextmanager
async def alone(database_url: str) -> AsyncIterator[Connection]:
    """A connection to change the tables by, for one process at a time; waits for others."""
    connection = await open_connection(database_url)
    try:
        # Asked again and again, since one that waits for the lock holds a snapshot, for which a concurrent index waits.
        while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", _ONE_AT_A_TIME):  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        yield connection
    finally:
        await connection.close(timeout=_CLOSE_SECONDS)


async def patiently(change: Callable[[], Awaitable[None]], patience: Patience) -> None:
    """Try a change until it gets its locks. Raises TablesInUse after the last try."""
    for _ in range(patience.tries):
        try:
            await change()
        except Exception as error:
            if not _is_locked_out(error):
                raise
        else:
            return
        await asyncio.sleep(patience.pause)
    raise TablesInUse("The tables were in use at each try to change them; what ran stays. Run migrate again.")


def _is_locked_out(error: BaseException | None) -> bool:
    """The driver's error, or SQLAlchemy's around it."""
    while error is not None and not isinstance(error, asyncpg.LockNotAvailableError):
        error = error.__cause__
    return error is not None
