"""A police.uk month, imported: nothing lost, nothing doubled, nobody told."""

import io
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from chassis.database import Pool, open_pool
from chassis.key_ring import KeyRing
from chassis.log.appender import GroupCommit
from chassis.log.epoch import join_epoch
from chassis.testing.clock import FakeClock
from chassis.vault.composing import EventComposer
from chassis.vault.memory import MemoryVault
from intake.open_data.command import import_file
from intake.open_data.police_import import ImportMonth
from intake.open_data.police_rows import COLUMNS
from intake.recording.store import IdentityGuard
from support.cases import case_file

pytestmark = pytest.mark.servers

FORCE = "West Yorkshire Police"
ROW = f",2026-07,{FORCE},{FORCE},-1.86,53.93,On or near Old Lane,E01010646,Bradford 001A,Anti-social behaviour,,"
NAMED = f"{'ab' * 32},2026-07,{FORCE},{FORCE},,,No Location,,,Burglary,Under investigation,"


@pytest.fixture
async def pool(database: Callable[[str], str]) -> AsyncIterator[Pool]:
    async with open_pool(database("intake"), size=4, command_seconds=60) as opened:
        yield opened


async def run(pool: Pool, path: Path) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    vault = MemoryVault(clock=FakeClock())
    async with GroupCommit(pool, await join_epoch(pool), IdentityGuard()) as log:
        importing = ImportMonth(composer=EventComposer(vault, KeyRing.alone(bytes(32))), log=log)
        status = await import_file(path, importing, out=out, err=err)
    return status, out.getvalue(), err.getvalue()


async def recorded(pool: Pool) -> tuple[int, int, int]:
    async with pool.acquire() as connection:
        row = await connection.fetchrow("SELECT count(*), count(DISTINCT id), count(DISTINCT key) FROM log")
    return tuple(row)


async def test_a_file_is_recorded_once_with_its_broken_rows_named(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "street.csv"
    path.write_text("\n".join([",".join(COLUMNS), ROW, ROW, "broken", NAMED.replace("2026-07", "July"), NAMED]) + "\n")
    status, out, err = await run(pool, path)
    assert status == 1
    assert "5 rows read: 3 recorded, 0 known already, 2 not imported" in out
    assert "row 4: " in err
    assert "row 5: month" in err
    assert "July" not in err
    assert await recorded(pool) == (3, 3, 3)
    status, out, _ = await run(pool, path)
    assert "0 recorded, 3 known already" in out
    assert await recorded(pool) == (3, 3, 3)
    async with pool.acquire() as connection:
        bodies = [row["body"] for row in await connection.fetch("SELECT body FROM log")]
    assert all(b'"backfill":true' in body and b'"victimid"' not in body for body in bodies)


async def test_another_kind_of_file_is_refused(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_text("a,b,c\n1,2,3\n")
    status, _, err = await run(pool, path)
    assert (status, await recorded(pool)) == (1, (0, 0, 0))
    assert "row 1" in err


async def test_the_real_month_loses_and_doubles_nothing(pool: Pool) -> None:
    path = case_file("police/2017-07-west-yorkshire-street.csv")
    status, out, err = await run(pool, path)
    assert (status, await recorded(pool)) == (0, (28_537, 28_537, 28_537))
    assert "28537 recorded" in out
    assert "28537 of 28537 rows" in err
    status, out, _ = await run(pool, path)
    assert "0 recorded, 28537 known already, 0 not imported" in out
    assert await recorded(pool) == (28_537, 28_537, 28_537)
