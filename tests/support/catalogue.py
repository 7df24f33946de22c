"""What a database is made of, to be compared with another."""

import asyncpg

_PARTS = {
    "columns": """
        SELECT table_name, column_name, ordinal_position, data_type, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = $1
    """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = $1::text::regnamespace
    """,
    "indexes": """
        SELECT indexdef, indisvalid FROM pg_indexes
        JOIN pg_index ON indexrelid = (quote_ident(schemaname) || '.' || quote_ident(indexname))::regclass
        WHERE schemaname = $1
    """,
    "functions": """
        SELECT pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = $1::text::regnamespace AND prokind = 'f'
    """,
    "triggers": """
        SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND relnamespace = $1::text::regnamespace
    """,
    "storage": """
        SELECT relname, relkind, reloptions, relacl::text FROM pg_class
        WHERE relnamespace = $1::text::regnamespace
    """,
}


async def catalogue(dsn: str, schema: str = "public") -> dict[str, list[tuple[object, ...]]]:
    """Columns, constraints, indexes, functions, triggers and storage of a schema, in a stable order."""
    connection = await asyncpg.connect(dsn)
    try:
        return {
            part: sorted((tuple(row) for row in await connection.fetch(query, schema)), key=str)
            for part, query in _PARTS.items()
        }
    finally:
        await connection.close()
