"""Schema migrations: Alembic over asyncpg, hand-written SQL, safe to run at every start and from several processes.

A service's `migrations/env.py` is one call of `run_in_context()`; its first revision calls `apply_chassis_sql()`.
"""

from collections.abc import Iterator
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from alembic import command, context, op
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from chassis.errors import PermanentFailure

CHASSIS_SQL = ("log", "lease", "relay", "consumer", "timers", "session")
_ONE_AT_A_TIME = 0x7472_6C6E


async def migrate(database_url: str, *, package: str, sandbox_clock: bool) -> None:
    """Bring the database to the newest revision in `package` ("intake.migrations"); waits for others doing so."""
    url = "postgresql+asyncpg://" + database_url.partition("://")[2]
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, package, sandbox_clock)
    finally:
        await engine.dispose()


def run_in_context() -> None:
    """Run the revisions on the connection that `migrate` opened; the body of every `env.py`."""
    attributes = context.config.attributes
    context.configure(connection=attributes["connection"], target_metadata=None, transaction_per_migration=False)
    with context.begin_transaction():
        context.run_migrations()


def apply_chassis_sql() -> None:
    """Create the chassis' tables and functions; the clock is movable only if `migrate` was told so."""
    for script in chassis_scripts(sandbox_clock=_told_to_move_the_clock()):
        run_script(script)


def run_script(script: str) -> None:
    """Run SQL of several statements inside the migration's transaction."""
    adapted = op.get_bind().connection.dbapi_connection
    if adapted is None:
        raise PermanentFailure("The migration's connection is closed; run the migration again.")
    adapted.run_async(lambda raw: raw.execute(script))


def chassis_scripts(*, sandbox_clock: bool) -> Iterator[str]:
    """Yield the chassis' SQL in the order in which it must run."""
    names = ("clock_sandbox" if sandbox_clock else "clock_production", *CHASSIS_SQL)
    for name in names:
        yield (files("chassis") / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    steps = files("chassis") / "sql" / "steps"
    for step in sorted(steps.iterdir(), key=lambda one: one.name) if steps.is_dir() else ():
        yield step.read_text(encoding="utf-8")


def _upgrade(connection: Connection, package: str, sandbox_clock: bool) -> None:  # noqa: FBT001 run_sync passes by position
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
    config = Config()
    config.set_main_option("script_location", str(_folder_of(package)))
    config.attributes.update(connection=connection, sandbox_clock=sandbox_clock)
    command.upgrade(config, "head")


def _folder_of(package: str) -> Path:
    spec = find_spec(package)
    locations = None if spec is None else spec.submodule_search_locations
    if not locations:
        raise PermanentFailure(f"There is no package {package} with migrations in it.")
    return Path(next(iter(locations)))


def _told_to_move_the_clock() -> bool:
    config = op.get_context().config
    return config is not None and bool(config.attributes.get("sandbox_clock"))
