"""The PostgreSQL pool: bounded waits on every call, JSON as Python values."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from typing import Any, Literal, Protocol

import asyncpg
from asyncpg.transaction import Transaction as _AsyncpgTransaction

from chassis.cancellation import cancellation_first
from chassis.crowd import Crowded, may_be_turned_away
from chassis.errors import OutcomeNotKnown
from chassis.open_transactions import noting

TAKING_SECONDS = 5.0
# For how long all but the slowest hold a connection, so that it is known how many can be served in time.
_HELD_SECONDS = 0.2
# At most two doorbells of a process hold one each; leases and readiness take theirs for a moment.
_APART = 4
_CHECK_SECONDS = 1.0
_CLOSE_SECONDS = 2.0
# What asyncpg raises where the server is away, goes away in mid-statement, shuts down or has no room left.
AWAY: tuple[type[Exception], ...] = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    Crowded,
)
# What PostgreSQL raises for text that it cannot hold: the character NUL.
UNSTORABLE: tuple[type[Exception], ...] = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError)


class Transaction(Protocol):
    """A transaction or savepoint: a context manager, or started and ended by hand."""

    async def start(self) -> None: ...

    async def commit(self) -> None: ...

    async def rollback(self) -> None: ...

    async def __aenter__(self) -> object: ...

    async def __aexit__(self, *exception: object) -> bool | None: ...


class Connection(Protocol):
    """The part of an asyncpg connection that this project uses."""

    async def execute(self, query: str, *args: object) -> str: ...

    async def executemany(self, command: str, args: Iterable[Sequence[object]]) -> None: ...

    async def fetch(self, query: str, *args: object) -> list[Any]: ...

    async def fetchrow(self, query: str, *args: object) -> Any: ...

    async def fetchval(self, query: str, *args: object) -> Any: ...

    async def copy_records_to_table(
        self, table_name: str, *, records: Iterable[Sequence[object]], columns: Sequence[str] | None = None
    ) -> str: ...

    async def copy_to_table(
        self,
        table_name: str,
        *,
        source: memoryview,
        columns: Sequence[str],
        format: Literal["binary"],  # noqa: A002 asyncpg's
    ) -> str: ...

    def transaction(self) -> "Transaction": ...

    async def add_listener(self, channel: str, callback: Callable[..., None]) -> None: ...

    async def remove_listener(self, channel: str, callback: Callable[..., None]) -> None: ...


class Pool(Protocol):
    """The part of an asyncpg pool that this project uses."""

    @property
    def apart(self) -> "Pool":
        """A few connections kept for what must not wait behind a crowd: leases, doorbells, readiness."""
        ...

    def acquire(self, *, timeout: float | None = None) -> AbstractAsyncContextManager[Connection]: ...


@asynccontextmanager
async def open_pool(
    database_url: str,
    *,
    size: int = 8,
    command_seconds: float = 10.0,
    connect_seconds: float = 5.0,
    taking_seconds: float = TAKING_SECONDS,
) -> AsyncIterator[Pool]:
    """Open a pool of at most `size` connections, and a few apart; use with `async with`.

    A statement that takes longer than `command_seconds` is cancelled. A transaction left idle is ended by the server,
    so that a paused process cannot hold the log's head. Whoever gets no connection within `taking_seconds`, unless told
    otherwise, gets TimeoutError; where so many wait that this would be the end of it, a request gets Crowded at once.
    """

    def connections(least: int, most: int) -> Any:
        return asyncpg.create_pool(
            database_url,
            min_size=least,
            max_size=most,
            command_timeout=command_seconds,
            timeout=connect_seconds,
            init=_prepare,
            connection_class=_Connection,
            reset=_keep_session,
            server_settings={
                "timezone": "UTC",
                "application_name": "throughline",
                "idle_in_transaction_session_timeout": "15000",
                "jit": "off",
            },
        )

    async with _closed_in_time(connections(0, _APART)) as few, _closed_in_time(connections(1, size)) as many:
        yield _Pool(many, size, taking_seconds, apart=_Pool(few, _APART, taking_seconds))


@asynccontextmanager
async def _closed_in_time(pool: Any) -> AsyncIterator[Any]:
    """A server that does not answer cannot hold the process that leaves it."""
    opened = await pool
    try:
        yield opened
    finally:
        with suppress(*AWAY):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await opened.close()


class _Pool:
    """asyncpg's pool, which asks the server about a connection only where its user failed."""

    def __init__(self, pool: Any, size: int, seconds: float, *, apart: "_Pool | None" = None) -> None:
        self._pool, self._seconds, self._apart = pool, seconds, apart
        self._most_waiting = size * seconds / _HELD_SECONDS
        self._waiting = 0

    @property
    def apart(self) -> "_Pool":
        return self._apart or self

    @asynccontextmanager
    async def acquire(self, *, timeout: float | None = None) -> AsyncIterator[Connection]:  # noqa: ASYNC109 asyncpg's
        with cancellation_first():
            connection = await self._taken(self._seconds if timeout is None else timeout)
            try:
                with noting(connection):
                    yield connection
            except BaseException:
                await _drop_if_broken(connection)
                raise
            finally:
                await self._pool.release(connection, timeout=_CHECK_SECONDS)

    async def _taken(self, seconds: float) -> Any:
        if self._waiting >= self._most_waiting and may_be_turned_away():
            raise Crowded("Too many wait for the database; ask again in a few seconds.")
        # Counted here, and not as taken and free: whatever becomes of a connection, who waits no more is out of it.
        self._waiting += 1
        try:
            async with asyncio.timeout(seconds):
                return await self._pool.acquire()
        finally:
            self._waiting -= 1


async def _drop_if_broken(connection: Any) -> None:
    """One that was broken off in mid-operation is of no use to whoever would get it next."""
    in_order = False
    try:
        with suppress(Exception):
            async with asyncio.timeout(_CHECK_SECONDS):
                await connection.execute("SELECT")
            in_order = True
    finally:
        if not in_order:
            # asyncpg may have seen that it is broken, and have taken it back.
            with suppress(asyncpg.InterfaceError):
                connection.terminate()


def is_data_fault(error: Exception) -> bool:
    """Tell whether the values themselves were refused, so that sending them again cannot help.

    By PostgreSQL, or by asyncpg, whose error for a value that it cannot encode is an InterfaceError and a ValueError.
    """
    if isinstance(error, asyncpg.InterfaceError) and isinstance(error, ValueError):
        return True
    faults = (
        asyncpg.DataError,
        asyncpg.IntegrityConstraintViolationError,
        asyncpg.ProgramLimitExceededError,
    )
    return isinstance(error, faults)


def is_duplicate(error: Exception) -> bool:
    """Tell whether a unique index refused a row."""
    return isinstance(error, asyncpg.UniqueViolationError)


def is_database_trouble(error: Exception) -> bool:
    """Tell whether the database was away, full or too slow, so that the same call may succeed later."""
    return isinstance(error, (asyncpg.PostgresError, OutcomeNotKnown, *AWAY)) and not is_data_fault(error)


async def open_connection(database_url: str, *, connect_seconds: float = 5.0) -> Any:
    """Open one connection of its own; the caller closes it."""
    connection = await asyncpg.connect(database_url, timeout=connect_seconds, server_settings={"timezone": "UTC"})
    await _prepare(connection)
    return connection


async def _prepare(connection: Any) -> None:
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, schema="pg_catalog", encoder=json.dumps, decoder=json.loads)


async def _keep_session(_: Any) -> None:
    """Nothing here changes the session (SET LOCAL only), so asyncpg's own longer reset has nothing to do."""


class _Transaction(_AsyncpgTransaction):  # type: ignore[misc]
    """Says of a commit whose answer was lost that nobody knows; what fails before it is certain to be undone.

    It is undone in a moment, or by the end of the connection: whoever was cancelled does not wait for a server that is
    stuck.
    """

    async def commit(self) -> None:
        with _in_doubt(certain=self._nested):
            await super().commit()

    async def __aexit__(self, kind: Any, error: Any, trace: Any) -> None:
        with _in_doubt(certain=self._nested or kind is not None):
            ending = super().__aexit__(kind, error, trace)
            await (ending if kind is None else in_a_moment(ending, self._connection))


async def in_a_moment(undoing: Awaitable[None], connection: Any) -> None:
    """Undo, or throw the connection away when it gives no answer, with which the server undoes."""
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            await undoing
    except TimeoutError:
        with suppress(asyncpg.InterfaceError):
            connection.terminate()


@contextmanager
def _in_doubt(*, certain: bool) -> Iterator[None]:
    try:
        yield
    except AWAY as error:
        if certain:
            raise
        raise OutcomeNotKnown("The database did not say whether it is stored; send the same again.") from error


class _Connection(asyncpg.Connection):  # type: ignore[misc]
    __slots__ = ()

    def transaction(self, **terms: Any) -> _Transaction:
        self._check_open()
        return _Transaction(self, **{"isolation": None, "readonly": False, "deferrable": False} | terms)
