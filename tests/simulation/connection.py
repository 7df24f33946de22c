"""Connections to the made-up PostgreSQL, as asyncpg gives them: they break before, between and after calls."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, TypeVar

import asyncpg
from chassis.database import _APART, TAKING_SECONDS, Pool, _in_doubt, _Pool, in_a_moment

from simulation.chance import Chance, Fault
from simulation.process import Process
from simulation.server import Database, Listening, Rows, in_one
from simulation.tables import Work

T = TypeVar("T")
_REFUSALS: Final = {Fault.FULL: asyncpg.DiskFullError, Fault.READ_ONLY: asyncpg.ReadOnlySQLTransactionError}
_COMMAND_SECONDS: Final = 10.0


class Record:
    """A row, by name and by number."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)

    def __getitem__(self, at: int | str) -> Any:
        return self._values[at] if isinstance(at, str) else list(self._values.values())[at]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values.values())

    def keys(self) -> Iterable[str]:
        """The names of the columns."""
        return self._values.keys()


class MadeUpConnection:
    """One backend and its socket. Once it is broken, every call says that the pool has it back, as asyncpg does."""

    def __init__(self, database: Database, process: Process) -> None:
        self._database, self._process = database, process
        self._listening = Listening()
        self.broken = False
        self._gone = asyncio.Event()
        self._asking: Work | None = None
        self.work: Work | None = None
        self.aborted = False
        database.listening.append(self._listening)
        database.breaking.append(self.end)
        process.connections.append(self)

    @property
    def busy(self) -> bool:
        """Whether a transaction is open."""
        return self.work is not None

    def end(self) -> None:
        """Break: the server rolls back and forgets."""
        if self.broken:
            return
        self.broken = True
        self._database.listening.remove(self._listening)
        self._database.breaking.remove(self.end)
        self._process.connections.remove(self)
        self._gone.set()
        for work in (self.work, self._asking):
            if work is not None:
                work.end()
        self.work = self._asking = None

    def terminate(self) -> None:
        """Throw the connection away. Raises InterfaceError when the pool has it back."""
        self._check()
        self.end()

    async def execute(self, query: str, *args: object) -> str:
        rows = await self._ask(query, args)
        return f"DONE {len(rows)}"

    async def executemany(self, command: str, args: Iterable[Sequence[object]]) -> None:
        for one in args:
            await self._ask(command, tuple(one))

    async def fetch(self, query: str, *args: object) -> list[Any]:
        return [Record(row) for row in await self._ask(query, args)]

    async def fetchrow(self, query: str, *args: object) -> Any:
        rows = await self._ask(query, args)
        return Record(rows[0]) if rows else None

    async def fetchval(self, query: str, *args: object) -> Any:
        rows = await self._ask(query, args)
        return next(iter(rows[0].values())) if rows else None

    async def copy_records_to_table(
        self, table_name: str, *, records: Iterable[Sequence[object]], columns: Sequence[str] | None = None
    ) -> str:
        rows = await self._ask(f"COPY {table_name}", ([tuple(record) for record in records], columns))
        return f"COPY {len(rows)}"

    async def copy_to_table(
        self,
        table_name: str,
        *,
        source: memoryview,
        columns: Sequence[str],
        format: Literal["binary"],  # noqa: A002 asyncpg's
    ) -> str:
        rows = await self._ask(f"COPY {table_name}", (bytes(source), columns))
        return f"COPY {len(rows)}"

    def transaction(self) -> "MadeUpTransaction":
        return MadeUpTransaction(self)

    async def add_listener(self, channel: str, callback: Callable[..., None]) -> None:
        self._check()
        await self.trip(f"LISTEN {channel}")
        self._listening.heard.setdefault(channel, []).append(callback)

    async def remove_listener(self, channel: str, callback: Callable[..., None]) -> None:
        self._check()
        await self.trip(f"UNLISTEN {channel}")
        self._listening.heard[channel].remove(callback)

    async def trip(self, what: str) -> None:
        """A call that changes nothing."""
        await self.call(what, _nothing)

    async def call(self, what: str, done: Callable[[], Awaitable[T]]) -> T:
        """Ask the server to do something: the way there, the doing, the way back, each of which may fail."""
        self._check()
        await self._process.awake()
        await self._chance.moment()
        self._check()
        fault = self._chance.fault(f"{self._process.name} {what}")
        if fault is Fault.FROZEN:
            self._process.freeze(self._chance.seconds(4.0, 18.0))
            await self._process.awake()
            self._check()
        if fault is Fault.BEFORE:
            self._break()
        if fault in _REFUSALS:
            self.aborted = self.work is not None
            raise _REFUSALS[fault](fault.value)
        if fault is Fault.SLOW:
            self.aborted = self.work is not None
            async with asyncio.timeout(_COMMAND_SECONDS):
                await self._gone.wait()
            self._break()
        result = await done()
        if fault is Fault.AFTER:
            self._break()
        await self._chance.moment()
        await self._process.awake()
        self._check()
        return result

    async def _ask(self, query: str, args: Sequence[object]) -> Rows:
        if self.aborted:
            raise asyncpg.InFailedSQLTransactionError("current transaction is aborted")
        return await self.call(_name(query), lambda: self._do(query, args))

    async def _do(self, query: str, args: Sequence[object]) -> Rows:
        work = self._asking = self.work or Work()
        savepoint = work.save()
        try:
            rows = await in_one(self._database, work, query, *args)
        except BaseException as error:
            self._database.deadlocks += isinstance(error, asyncpg.DeadlockDetectedError)
            if not work.gone:
                work.undo_to(savepoint)
                self.aborted = self.work is not None
            raise
        finally:
            self._asking = None
        if self.work is None:
            self._database.notify(work.commit())
        return rows

    def commit(self, work: Work) -> None:
        """Make a transaction of this connection visible."""
        self._database.notify(work.commit())

    @property
    def _chance(self) -> Chance:
        return self._database.chance

    def _break(self) -> None:
        self.end()
        raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")

    def _check(self) -> None:
        if self.broken:
            raise asyncpg.InterfaceError("the connection has been released back to the pool")


class MadeUpTransaction:
    """A transaction, or a savepoint inside one."""

    def __init__(self, connection: MadeUpConnection) -> None:
        self._connection = connection
        self._savepoint: int | None = None

    async def start(self) -> None:
        await self._connection.trip("BEGIN")
        if self._connection.work is None:
            self._connection.work = Work()
        else:
            self._savepoint = self._connection.work.save()

    async def commit(self) -> None:
        with _in_doubt(certain=self._savepoint is not None):
            await self._connection.call("COMMIT", self._commit)

    async def rollback(self) -> None:
        await self._connection.call("ROLLBACK", self._roll_back)

    async def __aenter__(self) -> object:
        await self.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        await (self.commit() if kind is None else in_a_moment(self.rollback(), self._connection))

    async def _commit(self) -> None:
        connection = self._connection
        if self._savepoint is not None or connection.work is None:
            return
        work, connection.work = connection.work, None
        if connection.aborted:
            connection.aborted = False
            work.roll_back()
            return
        connection.commit(work)

    async def _roll_back(self) -> None:
        connection = self._connection
        connection.aborted = False
        if connection.work is None:
            return
        if self._savepoint is not None:
            connection.work.undo_to(self._savepoint)
            return
        work, connection.work = connection.work, None
        work.roll_back()


class MadeUpPool:
    """asyncpg's pool: at most `size` connections, opened when they are needed, thrown away when they are broken."""

    def __init__(self, database: Database, process: Process, *, size: int) -> None:
        self._database, self._process = database, process
        self._room = asyncio.Semaphore(size)
        self._idle: list[MadeUpConnection] = []

    async def acquire(self) -> MadeUpConnection:
        await self._room.acquire()
        try:
            return await self._connected()
        except BaseException:
            self._room.release()
            raise

    async def release(self, connection: MadeUpConnection, *, timeout: float) -> None:  # noqa: ASYNC109 asyncpg's
        if connection.work is not None:
            connection.end()
        if not connection.broken:
            connection.aborted = False
            self._idle.append(connection)
        self._room.release()

    async def _connected(self) -> MadeUpConnection:
        while self._idle:
            connection = self._idle.pop()
            if not connection.broken:
                return connection
        await self._process.awake()
        await self._database.chance.moment()
        if not self._database.up or self._process.dead:
            raise ConnectionRefusedError("the server is away")
        return MadeUpConnection(self._database, self._process)


def pool_of(database: Database, process: Process, *, size: int = 6) -> Pool:
    """The chassis' own pool, over connections that are made up."""
    few, many = (MadeUpPool(database, process, size=number) for number in (_APART, size))
    return _Pool(many, size, TAKING_SECONDS, apart=_Pool(few, _APART, TAKING_SECONDS))


async def _nothing() -> None:
    return None


def _name(query: str) -> str:
    return " ".join(query.split())[:40]
