"""A row in every table that has none, whatever it means: an upgrade must find something to be upgraded."""

import re

import asyncpg
from chassis.database import Connection

_EMPTY = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL ($1)
ORDER BY relname
"""
_COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = $1 AND is_identity = 'NO'
"""
_CHECKS = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = $1::text::regclass"
_ONE_OF = re.compile(r"(\w+) = ANY \(ARRAY\['([^']*)'")
_VALUES = {
    "text": "'x'",
    "uuid": "'00000000-0000-0000-0000-000000000001'",
    "timestamp with time zone": "'2026-03-02T10:00Z'",
    "date": "'2026-03-02'",
    "time without time zone": "'10:00'",
    "bytea": "'{\"data\": {}}'",
    "boolean": "true",
    "ARRAY": "'{}'",
    "interval": "'1 day'",
    "jsonb": "'{}'",
}


async def fill_empty_tables(dsn: str, *, but: frozenset[str]) -> set[str]:
    """The tables that were filled. All rows say the same, so that each refers to the others."""
    connection = await asyncpg.connect(dsn)
    try:
        # in whatever order
        await connection.execute("SET session_replication_role = replica")
        tables = [name for (name,) in await connection.fetch(_EMPTY, list(but))]
        empty = [one for one in tables if not await connection.fetchval(f"SELECT EXISTS (SELECT FROM {one})")]
        for table in empty:
            await connection.execute(await _row(connection, table))
        return set(empty)
    finally:
        await connection.close()


async def _row(connection: Connection, table: str) -> str:
    checks = [row[0] for row in await connection.fetch(_CHECKS, table)]
    chosen = {column: f"'{value}'" for check in checks for column, value in _ONE_OF.findall(check)}
    columns = await connection.fetch(_COLUMNS, table)
    values = [chosen.get(name) or _VALUES.get(kind, "1") for name, kind in columns]
    return f"INSERT INTO {table} ({', '.join(name for name, _ in columns)}) VALUES ({', '.join(values)})"
