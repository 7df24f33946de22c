"""A database of the release before, with rows in every table, arrives where a new one begins."""

from collections.abc import Callable

import asyncpg
import pytest
from chassis.migrations import chassis_base, migrate
from support.catalogue import catalogue
from support.first_revision import make_first_revision
from support.some_rows import fill_empty_tables

ROWS = """
INSERT INTO log (position, recorded_at, occurred_at, id, source, type, stream, version, key, partition, pseq, body,
                 private, digest, traceparent, hash)
SELECT n, now(), now(), 'event-' || n, 'urn:test:police', 'police.crime-reported.v1', 'case/' || n, NULL,
       CASE WHEN n % 3 > 0 THEN 'case-' || n END, CASE WHEN n % 3 > 0 THEN 1 END, CASE WHEN n % 3 > 0 THEN n END,
       '{"what": "invented"}', CASE WHEN n % 3 = 0 THEN '\\x00'::bytea END, sha256(n::text::bytea), NULL,
       sha256(n::text::bytea)
FROM generate_series(1, 300) AS n;
INSERT INTO lease VALUES ('timers', 4, now() + interval '10 seconds'), ('relay', 2, now() - interval '1 hour');
INSERT INTO relay_checkpoint VALUES ('intake.events', 299, '{0,299,0,0}', 2);
INSERT INTO consumer_offset (consumer, topic, partition, pseq, position, kafka_offset, epoch)
VALUES ('journey', 'intake.events', 1, 290, 290, 301, 4);
INSERT INTO parked (consumer, topic, partition, pseq, position, key, recorded_at, body, reason, attempts, next_retry_at)
SELECT 'journey', 'intake.events', 1, n, n, 'case-' || n % 3, now(), '{}', 'UnknownType', n % 5, now()
FROM generate_series(1, 12) AS n;
INSERT INTO timer VALUES
  ('duty', 'due', now(), '{"a": 1}', 0, NULL, NULL, NULL),
  ('duty', 'again', now(), '{}', 3, now() + interval '1 minute', NULL, NULL),
  ('duty', 'failed', now(), '{}', 1, NULL, now(), 'KeyError');
INSERT INTO session VALUES
  (sha256('one'), 'officer-1', '{officer}', now(), now(), 'victim-1', 'an.id.token', '\\x01'),
  (sha256('two'), 'officer-1', '{officer,supervisor}', now(), now(), '', '', ''),
  (sha256('three'), 'victim-1', '{}', now() - interval '2 days', now() - interval '2 days', '', '', '');
"""
ALEMBICS = "CREATE TABLE alembic_version (version_num varchar(32) CONSTRAINT alembic_version_pkc PRIMARY KEY)"
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
RECORDED = "SELECT name, hash FROM chassis_step ORDER BY name"


@pytest.mark.parametrize("service", ["intake", "journey", "notifications", "witness_care"])
async def test_a_filled_database_of_the_release_before_becomes_like_a_new_one(
    service: str, database: Callable[[str], str], empty_database: str
) -> None:
    await of_the_release_before(empty_database)
    for with_after in (False, True, True):
        await migrate(empty_database, package=f"{service}.migrations", sandbox_clock=True, with_after=with_after)
    new = database(service)
    assert await catalogue(empty_database) == await catalogue(new)
    assert await _fetch(empty_database, RECORDED) == await _fetch(new, RECORDED)


@pytest.mark.parametrize("service", ["intake", "journey", "notifications", "witness_care"])
async def test_a_filled_database_of_the_first_revision_becomes_like_a_new_one(
    service: str, database: Callable[[str], str], empty_database: str
) -> None:
    await make_first_revision(empty_database, service)
    of_the_chassis = frozenset(str(row[0]) for row in await _fetch(database("chassis"), TABLES))
    filled = await fill_empty_tables(empty_database, but=of_the_chassis)
    await migrate(empty_database, package=f"{service}.migrations", sandbox_clock=True)
    assert filled
    assert await catalogue(empty_database) == await catalogue(database(service))


async def test_an_upgrade_leaves_the_log_as_it_is_and_loses_no_promise(empty_database: str) -> None:
    kept = (
        "SELECT * FROM log ORDER BY position",
        "SELECT position, hash, recorded_at, pseqs FROM log_head",
        "SELECT kind, key, due_at, payload, failed_at IS NULL FROM timer ORDER BY key",
        "SELECT consumer, topic, partition, pseq, position, key, body FROM parked ORDER BY pseq",
        "SELECT consumer, topic, partition, pseq, position, kafka_offset FROM consumer_offset",
    )
    await of_the_release_before(empty_database)
    before = [await _fetch(empty_database, query) for query in kept]
    await migrate(empty_database, package="intake.migrations", sandbox_clock=True, with_after=True)
    assert [await _fetch(empty_database, query) for query in kept] == before


async def of_the_release_before(dsn: str) -> None:
    """The tables as the chassis made them before it recorded its steps, each with rows."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(chassis_base(sandbox_clock=True))
        await connection.execute(ALEMBICS)
        await connection.execute(ROWS)
        for (table,) in await connection.fetch(TABLES):
            filled = await connection.fetchval(f"SELECT EXISTS (SELECT FROM {table})")
            assert filled or table == "alembic_version", f"the table {table} has no row to be upgraded"
    finally:
        await connection.close()


async def _fetch(dsn: str, query: str) -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(dsn)
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()
