"""Migrations: idempotent, safe from several processes, and the clock movable only where it was asked for."""

import asyncio
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from chassis.clock import business_now
from chassis.errors import PermanentFailure
from chassis.migrations import migrate
from chassis.steps import Patience, TablesInUse

pytestmark = pytest.mark.servers

ENV = """
from chassis.migrations import run_in_context

run_in_context()
"""

FIRST = '''
"""First revision."""

from chassis.migrations import run_script

revision, down_revision = "0001", None


def upgrade() -> None:
    run_script("CREATE TABLE one (n int); INSERT INTO one VALUES (1); CREATE TABLE two (n int);")
'''

SECOND = '''
"""A later revision."""

from chassis.migrations import run_script

revision, down_revision = "{number}", "{before}"


def upgrade() -> None:
    run_script("{script}")
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = "service_" + tmp_path.name.replace("-", "_")
    versions = tmp_path / name / "migrations" / "versions"
    versions.mkdir(parents=True)
    (tmp_path / name / "__init__.py").touch()
    (tmp_path / name / "migrations" / "__init__.py").touch()
    (tmp_path / name / "migrations" / "env.py").write_text(ENV)
    (versions / "0001_first.py").write_text(FIRST)
    monkeypatch.syspath_prepend(str(tmp_path))
    return f"{name}.migrations"


async def test_migrating_twice_and_at_once_is_the_same_as_once(empty_database: str, package: str) -> None:
    together = [migrate(empty_database, package=package, sandbox_clock=False) for _ in range(3)]
    await asyncio.gather(*together)
    await migrate(empty_database, package=package, sandbox_clock=False)
    connection = await asyncpg.connect(empty_database)
    try:
        assert await connection.fetchval("SELECT sum(n) FROM one") == 1
        assert await connection.fetchval("SELECT position FROM log_head") == 0
    finally:
        await connection.close()


async def test_a_revision_is_a_transaction_and_gives_a_table_in_use_up(
    empty_database: str, package: str, tmp_path: Path
) -> None:
    hurried = Patience(lock=0.1, tries=2, pause=0.01)
    await migrate(empty_database, package=package, sandbox_clock=False)
    write_revision(tmp_path, "0002", "CREATE TABLE three (n int)")
    write_revision(tmp_path, "0003", "ALTER TABLE three ADD COLUMN colour text; ALTER TABLE one ADD COLUMN colour text")
    user, look = await asyncpg.connect(empty_database), await asyncpg.connect(empty_database)
    try:
        async with user.transaction():
            await user.execute("SELECT FROM one")
            with pytest.raises(TablesInUse):
                await migrate(empty_database, package=package, sandbox_clock=False, patience=hurried)
            assert await look.fetchval("SELECT version_num FROM alembic_version") == "0002"
            with pytest.raises(asyncpg.UndefinedColumnError):
                await look.fetch("SELECT colour FROM three")
        await migrate(empty_database, package=package, sandbox_clock=False, patience=hurried)
        assert await look.fetchval("SELECT version_num FROM alembic_version") == "0003"
    finally:
        await user.close()
        await look.close()


async def test_scripts_of_one_revision_are_all_run_or_none(empty_database: str, package: str, tmp_path: Path) -> None:
    await migrate(empty_database, package=package, sandbox_clock=False)
    write_revision(tmp_path, "0002", "CREATE TABLE three (n int)")
    write_revision(tmp_path, "0003", "CREATE TABLE four (n int)", then="SELECT n FROM nowhere")
    with pytest.raises(asyncpg.UndefinedTableError):
        await migrate(empty_database, package=package, sandbox_clock=False)
    look = await asyncpg.connect(empty_database)
    try:
        assert await look.fetchval("SELECT to_regclass('four') IS NULL")
    finally:
        await look.close()


def write_revision(tmp_path: Path, number: str, script: str, *, then: str = "SELECT") -> None:
    (versions,) = tmp_path.glob("service_*/migrations/versions")
    before = f"{int(number) - 1:04}"
    revision = SECOND.format(number=number, before=before, script=script)
    (versions / f"{number}_later.py").write_text(f'{revision}    run_script("{then}")\n')


async def test_production_has_no_way_to_move_the_clock(empty_database: str, package: str) -> None:
    """Guards the production form of the clock."""
    await migrate(empty_database, package=package, sandbox_clock=False)
    connection = await asyncpg.connect(empty_database)
    try:
        with pytest.raises(asyncpg.UndefinedFunctionError):
            await connection.execute("SELECT advance_clock(interval '1 day')")
        apart = await connection.fetchval("SELECT clock_timestamp() - business_now()")
        assert abs(apart) < timedelta(seconds=1)
    finally:
        await connection.close()


async def test_the_sandbox_clock_moves_forward_only_and_rings_the_timers(empty_database: str, package: str) -> None:
    await migrate(empty_database, package=package, sandbox_clock=True)
    connection = await asyncpg.connect(empty_database)
    rung = asyncio.Event()
    try:
        await connection.add_listener("timer_set", lambda *_: rung.set())
        before = await business_now(connection)
        await connection.execute("SELECT advance_clock(interval '28 days')")
        assert await business_now(connection) - before >= timedelta(days=28)
        async with asyncio.timeout(5):
            await rung.wait()
        with pytest.raises(asyncpg.RaiseError, match="forward"):
            await connection.execute("SELECT advance_clock(interval '-1 second')")
    finally:
        await connection.close()


async def test_a_package_without_migrations_is_named(empty_database: str) -> None:
    with pytest.raises(PermanentFailure, match=r"chassis\.errors"):
        await migrate(empty_database, package="chassis.errors", sandbox_clock=False)
