"""`stuck` and `retry`, as the person on call runs them, in each service."""

import subprocess
import sys
from collections.abc import Callable

import asyncpg
import pytest
from chassis.stuck import Retry, retry_stuck

pytestmark = pytest.mark.servers

VICTIM = "0193a000-0000-7000-8000-00000000000a"
ROWS = f"""
INSERT INTO timer (kind, key, due_at, attempts, not_before, failed_at, failure) VALUES
  ('tell', '{VICTIM}', now(), 1, now() + interval '1 hour', '2026-12-01 10:00Z', 'KeyError'),
  ('tell', 'another', now(), 1, now() + interval '1 hour', '2026-12-01 11:00Z', 'KeyError'),
  ('report', 'a third', now(), 1, now() + interval '1 hour', '2026-12-01 12:00Z', 'ValueError'),
  ('tell', 'put off', now(), 1, now() + interval '1 minute', NULL, NULL);
INSERT INTO consumer_offset (consumer, topic, partition, pseq, position, kafka_offset, epoch)
VALUES ('journey', 'intake.events', 1, 290, 290, 301, 4);
INSERT INTO consumer_offset (consumer, topic, partition, pseq, position, kafka_offset, epoch, progressed_at, stopped)
VALUES ('journey', 'intake.events', 2, 90, 90, 91, 4, '2026-12-01 08:00Z', 'another log');
INSERT INTO parked_key (consumer, topic, key, partition, reason, attempts, parked_at, next_retry_at)
SELECT 'journey', 'intake.events', 'victim-' || n, 1, 'UnknownType', 1, '2026-12-01 09:00Z', now() + interval '1 hour'
FROM generate_series(1, 2) AS n;
INSERT INTO parked (consumer, topic, partition, pseq, position, key, recorded_at, body, reason, attempts, next_retry_at)
SELECT 'journey', 'intake.events', 1, n, n, 'victim-' || 1 + n % 2, now(), '{{}}', 'UnknownType', 1, now()
FROM generate_series(1, 5) AS n;
"""


@pytest.fixture
async def dsn(database: Callable[[str], str]) -> str:
    made = database("journey")
    await run_sql(made, ROWS)
    return made


async def run_sql(dsn: str, query: str) -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(dsn)
    try:
        if query is ROWS:
            await connection.execute(query)
            return []
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


def run(dsn: str, *arguments: str, package: str = "journey") -> subprocess.CompletedProcess[str]:
    settings = {f"{package.upper()}_DATABASE_URL": dsn, f"{package.upper()}_PRODUCTION": "false"}
    command = [sys.executable, "-m", package, *arguments]
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=False)  # noqa: S603 our own


async def test_what_is_stuck_is_listed_by_reason_and_names_nobody(dsn: str) -> None:
    listed = run(dsn, "stuck")
    assert listed.returncode == 0, listed.stderr
    assert listed.stdout.splitlines() == [
        "1 partition of intake.events, number 2, since 2026-12-01 08:00 UTC: another log",
        "2 keys of intake.events with 5 events, since 2026-12-01 09:00 UTC: UnknownType",
        "2 timers of tell, since 2026-12-01 10:00 UTC: KeyError",
        "1 timers of report, since 2026-12-01 12:00 UTC: ValueError",
    ]
    assert VICTIM not in listed.stdout + listed.stderr


@pytest.mark.parametrize(
    ("what", "due"),
    [
        (Retry(), (3, 2)),
        (Retry(kind="tell"), (2, 0)),
        (Retry(topic="intake.events"), (0, 2)),
        (Retry(topic="intake.events", key="victim-1"), (0, 1)),
        (Retry(kind="unheard-of"), (0, 0)),
    ],
)
async def test_what_is_stuck_is_due_when_a_person_says_so(dsn: str, what: Retry, due: tuple[int, int]) -> None:
    assert await retry_stuck(dsn, what) == due
    [(timers,)] = await run_sql(dsn, "SELECT count(*) FROM timer WHERE not_before IS NULL AND failed_at IS NULL")
    [(keys,)] = await run_sql(dsn, "SELECT count(*) FROM parked_key WHERE next_retry_at <= now()")
    assert (timers, keys) == due


async def test_the_person_on_call_names_one_key_of_a_topic(dsn: str) -> None:
    told = run(dsn, "retry", "--topic", "intake.events", "--key", "victim-1")
    assert (told.returncode, told.stdout) == (0, "Due now: 0 timers, 1 parked keys.\n"), told.stderr
    refused = run(dsn, "retry", "--key", "victim-1")
    assert refused.returncode == 2
    assert "name that too" in refused.stderr


@pytest.mark.parametrize("package", ["intake", "notifications", "witness_care"])
async def test_every_service_says_when_nothing_is_stuck(package: str, database: Callable[[str], str]) -> None:
    listed = run(database(package), "stuck", package=package)
    assert (listed.returncode, listed.stdout) == (0, "Nothing is stuck.\n"), listed.stderr
