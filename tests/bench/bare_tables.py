"""The tables of the bare pipeline: a numbered log, and a timeline with the keys of ours."""

import asyncpg

TOPIC = "bare"
_TABLES = """
CREATE TABLE bare_log (position bigserial PRIMARY KEY, id text NOT NULL, body bytea NOT NULL);
CREATE UNIQUE INDEX ON bare_log (id);
CREATE TABLE bare_timeline (position bigint PRIMARY KEY, body bytea NOT NULL);
"""


async def make_bare_tables(dsn: str) -> None:
    """Make them in an empty database."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(_TABLES)
    finally:
        await connection.close()
