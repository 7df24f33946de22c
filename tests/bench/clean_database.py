"""A database for one cell: new, with the right tables, and nothing left to write from the cell before."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from support.databases import Databases


@asynccontextmanager
async def clean_database(databases: Databases, name: str) -> AsyncIterator[str]:
    """The DSN of a new database; a checkpoint has just ended."""
    dsn = databases.copy_of(name)
    await checkpoint(dsn)
    try:
        yield dsn
    finally:
        databases.drop(dsn)


async def checkpoint(dsn: str) -> None:
    """Write everything out, so that a cell does not pay for the one before it."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
