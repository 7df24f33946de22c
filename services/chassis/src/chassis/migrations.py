"""Schema migrations: the chassis' steps, then a service's revisions by Alembic; safe at every start and at once.

A service's `migrations/env.py` is one call of `run_in_context()`. Its first revision finds the chassis' tables there.
"""

from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from alembic import command, context, op
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from chassis.errors import PermanentFailure
from chassis.steps import Ledger, Patience, Step, alone, patiently, steps_of

CHASSIS_SQL = ("log", "lease", "relay", "consumer", "timers", "session")
CLOCKS = ("clock_production", "clock_sandbox")
_PATIENT = Patience()


async def migrate(
    database_url: str, *, package: str, sandbox_clock: bool, with_after: bool = False, patience: Patience = _PATIENT
) -> None:
    """Bring the database to the newest revision in `package` ("intake.migrations"); waits for others doing so.

    `with_after` also runs the steps that must wait until nothing of the release before runs. A new database gets them
    at once. Raises StepChanged, and TablesInUse, after which the same again goes on where this ended.
    """
    folder = _folder_of(package)
    async with alone(database_url) as connection:
        ledger = Ledger(connection, "chassis_step", patience)
        await _run_steps(ledger, sandbox_clock=sandbox_clock, with_after=with_after)
        await patiently(lambda: _revise(database_url, folder, patience), patience)


async def migrate_chassis(database_url: str, *, sandbox_clock: bool) -> None:
    """The chassis' tables alone, for tests of the chassis."""
    async with alone(database_url) as connection:
        await _run_steps(Ledger(connection, "chassis_step"), sandbox_clock=sandbox_clock, with_after=True)


def run_in_context() -> None:
    """Run the revisions on the connection that `migrate` opened, each in a transaction; the body of every `env.py`."""
    attributes = context.config.attributes
    context.configure(connection=attributes["connection"], target_metadata=None, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


def run_script(script: str) -> None:
    """Run SQL of several statements inside the revision's transaction."""
    bound = op.get_bind()
    bound.exec_driver_sql("SELECT")  # the driver begins a transaction with the first statement that it sees itself
    adapted = bound.connection.dbapi_connection
    if adapted is None:
        raise PermanentFailure("The migration's connection is closed; run the migration again.")
    adapted.run_async(lambda raw: raw.execute(script))


def chassis_base(*, sandbox_clock: bool) -> str:
    """The tables and functions on which the steps begin; its files are never edited."""
    return "\n".join(map(_sql, (CLOCKS[sandbox_clock], *CHASSIS_SQL)))


def chassis_steps() -> list[Step]:
    """Each change of the chassis' tables since the base, in order."""
    return steps_of(files("chassis") / "sql" / "steps")


async def _run_steps(ledger: Ledger, *, sandbox_clock: bool, with_after: bool) -> None:
    await ledger.open()
    # Of every file of the base, so that the clock that this database has makes no difference.
    base = Step("0000_base", "\n".join(map(_sql, (*CLOCKS, *CHASSIS_SQL))))
    if base.name not in await ledger.hashes():
        await _lay(base, ledger, chassis_base(sandbox_clock=sandbox_clock))
    is_new = await ledger.connection.fetchval("SELECT to_regclass('alembic_version') IS NULL")
    await ledger.run([base, *chassis_steps()], with_after=with_after or is_new)


async def _lay(base: Step, ledger: Ledger, script: str) -> None:
    """Where a release made the tables that recorded no steps, the base is only recorded."""
    async with ledger.connection.transaction():
        if await ledger.connection.fetchval("SELECT to_regclass('log_head') IS NULL"):
            await ledger.connection.execute(script)
        await ledger.record(base)


def _sql(name: str) -> str:
    return (files("chassis") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


async def _revise(database_url: str, folder: Path, patience: Patience) -> None:
    url = "postgresql+asyncpg://" + database_url.partition("://")[2]
    waits = {"server_settings": {"lock_timeout": f"{round(patience.lock * 1000)}ms"}}
    engine = create_async_engine(url, poolclass=NullPool, connect_args=waits)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade, folder)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, folder: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _folder_of(package: str) -> Path:
    spec = find_spec(package)
    locations = None if spec is None else spec.submodule_search_locations
    if not locations:
        raise PermanentFailure(f"There is no package {package} with migrations in it.")
    return Path(next(iter(locations)))
