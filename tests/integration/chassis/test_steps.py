"""Steps: each once, in order, refused when its file changed, and never long in anybody's way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from chassis.database import Connection
from chassis.endings import Ending, ending_of
from chassis.errors import PermanentFailure
from chassis.steps import Ledger, Patience, Step, StepChanged, TablesInUse, steps_of
from support.deadline import until

HURRIED = Patience(lock=0.1, lock_outside=0.1, tries=2, pause=0.01)
PATIENT = Patience(lock=0.1, lock_outside=0.1, tries=100, pause=0.05)
NAMES = "SELECT string_agg(name, ' ' ORDER BY applied_at) FROM step"
TABLE = Step("0001_thing", "CREATE TABLE thing (n int); INSERT INTO thing VALUES (1), (2);")
COLUMN = Step("0002_colour", "ALTER TABLE thing ADD COLUMN colour text NOT NULL DEFAULT 'red';")
COLUMN_GOES = Step("0002_colour.after", "ALTER TABLE thing DROP COLUMN colour;")
WEIGHT = Step("0003_weight", "ALTER TABLE thing ADD COLUMN weight int;")
INDEX = Step(
    "0004_thing_index",
    """-- outside a transaction
DROP INDEX CONCURRENTLY IF EXISTS thing_n;
CREATE UNIQUE INDEX CONCURRENTLY thing_n ON thing (n);
""",
)


@asynccontextmanager
async def a_ledger(dsn: str, patience: Patience = HURRIED) -> AsyncIterator[Ledger]:
    connection: Connection = await asyncpg.connect(dsn)
    ledger = Ledger(connection, "step", patience)
    await ledger.open()
    try:
        yield ledger
    finally:
        await connection.close()  # type: ignore[attr-defined]


@asynccontextmanager
async def in_use(dsn: str, statement: str = "SELECT FROM thing") -> AsyncIterator[None]:
    """A transaction of somebody else has touched the table and stays open."""
    other = await asyncpg.connect(dsn)
    try:
        async with other.transaction():
            await other.execute(statement)
            yield
    finally:
        await other.close()


async def test_each_step_runs_once_and_in_order_and_is_recorded(empty_database: str) -> None:
    async with a_ledger(empty_database) as ledger:
        await ledger.run([TABLE], with_after=False)
        await ledger.run([TABLE, COLUMN, WEIGHT], with_after=False)
        await ledger.run([TABLE, COLUMN, WEIGHT], with_after=True)
        assert await ledger.connection.fetchval(NAMES) == "0001_thing 0002_colour 0003_weight"
        assert await ledger.connection.fetchval("SELECT string_agg(colour, ' ') FROM thing") == "red red"
        assert await ledger.connection.fetchval("SELECT bool_and(applied_at <= now()) FROM step")


async def test_what_the_release_before_needs_goes_only_after_the_deploy(empty_database: str) -> None:
    steps = [TABLE, COLUMN, COLUMN_GOES, WEIGHT]
    async with a_ledger(empty_database) as ledger:
        await ledger.run(steps, with_after=False)
        assert await ledger.connection.fetchval("SELECT count(colour) FROM thing") == 2
        await ledger.run(steps, with_after=True)
        with pytest.raises(asyncpg.UndefinedColumnError):
            await ledger.connection.fetch("SELECT colour FROM thing")
        assert await ledger.connection.fetchval(NAMES) == "0001_thing 0002_colour 0003_weight 0002_colour.after"


async def test_a_step_whose_file_changed_is_refused_by_its_name_and_nothing_else_runs(empty_database: str) -> None:
    changed = Step(COLUMN.name, COLUMN.text.replace("red", "blue"))
    async with a_ledger(empty_database) as ledger:
        await ledger.run([TABLE, COLUMN], with_after=False)
        with pytest.raises(StepChanged, match="0002_colour") as refused:
            await ledger.run([Step("0000_new", "CREATE TABLE too_early ();"), TABLE, changed], with_after=False)
        assert await ledger.connection.fetchval("SELECT to_regclass('too_early')") is None
    assert ending_of(refused.value)[0] is Ending.CHECK_FAILED


async def test_a_step_that_fails_leaves_nothing_and_those_before_it_stay(empty_database: str) -> None:
    broken = Step("0002_half", "ALTER TABLE thing ADD COLUMN half int; SELECT nothing_like_it();")
    async with a_ledger(empty_database) as ledger:
        with pytest.raises(asyncpg.UndefinedFunctionError):
            await ledger.run([TABLE, broken, WEIGHT], with_after=False)
        assert await ledger.connection.fetchval(NAMES) == "0001_thing"
        await ledger.run([TABLE, Step(broken.name, "ALTER TABLE thing ADD COLUMN half int;")], with_after=False)


async def test_a_table_in_use_is_left_to_those_who_use_it_and_tried_again_a_few_times(empty_database: str) -> None:
    async with a_ledger(empty_database) as ledger:
        await ledger.run([TABLE], with_after=False)
        async with in_use(empty_database):
            with pytest.raises(TablesInUse, match="again") as refused:
                await ledger.run([TABLE, COLUMN], with_after=False)
        assert ending_of(refused.value)[0] is Ending.TRY_AGAIN
        await ledger.run([TABLE, COLUMN], with_after=False)
        assert await ledger.connection.fetchval(NAMES) == "0001_thing 0002_colour"


async def test_nobody_queues_for_long_behind_a_step_that_waits(empty_database: str) -> None:
    async with a_ledger(empty_database, PATIENT) as ledger, a_ledger(empty_database) as reader:
        await ledger.run([TABLE], with_after=False)
        async with in_use(empty_database):
            running = asyncio.create_task(ledger.run([TABLE, COLUMN], with_after=False))
            waits = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock')"
            await until(lambda: reader.connection.fetchval(waits), "the step waits for its lock")
            async with asyncio.timeout(5):
                assert await reader.connection.fetchval("SELECT count(*) FROM thing") == 2
            assert not running.done()
        await running


async def test_an_index_is_made_beside_an_open_change_of_its_table(empty_database: str) -> None:
    writes = "INSERT INTO thing VALUES (3)"
    async with a_ledger(empty_database, PATIENT) as ledger, a_ledger(empty_database) as writer:
        await ledger.run([TABLE], with_after=False)
        async with in_use(empty_database, "INSERT INTO thing VALUES (4)"):
            running = asyncio.create_task(ledger.run([TABLE, INDEX], with_after=False))
            begun = "SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('thing_n'))"
            await until(lambda: writer.connection.fetchval(begun), "the index is begun")
            await writer.connection.execute(writes)
        await running
        with pytest.raises(asyncpg.UniqueViolationError):
            await writer.connection.execute(writes)


async def test_a_step_outside_a_transaction_begins_again_where_it_failed_in_the_middle(empty_database: str) -> None:
    whole = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('thing_n')"
    async with a_ledger(empty_database) as ledger:
        await ledger.run([TABLE], with_after=False)
        async with in_use(empty_database, "INSERT INTO thing VALUES (4)"):
            with pytest.raises(TablesInUse):
                await ledger.run([TABLE, INDEX], with_after=False)
        assert await ledger.connection.fetchval(whole) is not True
        assert await ledger.connection.fetchval(NAMES) == "0001_thing"
        await ledger.run([TABLE, INDEX], with_after=False)
        assert await ledger.connection.fetchval(whole) is True


@pytest.mark.parametrize(
    "name", ["1_noun.sql", "0001-noun.sql", "0001_noun.before.sql", "0001_noun.txt", "0001_Noun.sql"]
)
def test_a_step_that_is_named_otherwise_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(PermanentFailure, match="0001_noun"):
        steps_of(tmp_path)


def test_steps_come_in_the_order_of_their_numbers_and_before_comes_before_after(tmp_path: Path) -> None:
    assert steps_of(tmp_path / "none") == []
    for name in ("0002_b.after.sql", "0010_c.sql", "0001_z.sql", "0002_b.sql"):
        (tmp_path / name).write_text("SELECT 1;")
    assert [step.name for step in steps_of(tmp_path)] == ["0001_z", "0002_b", "0002_b.after", "0010_c"]
