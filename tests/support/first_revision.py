"""A service's tables as its first revision makes them, to be upgraded from there."""

from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config
from chassis.migrations import migrate_chassis
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

FIRST = "0001"


async def make_first_revision(dsn: str, service: str) -> None:
    """In an empty database: the chassis' tables, and those of the service's first revision."""
    await migrate_chassis(dsn, sandbox_clock=True)
    engine = create_async_engine("postgresql+asyncpg://" + dsn.partition("://")[2], poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade, _folder(service))
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, folder: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.attributes["connection"] = connection
    command.upgrade(config, FIRST)


def _folder(service: str) -> Path:
    place = import_module(f"{service}.migrations").__file__
    assert place is not None
    return Path(place).parent
