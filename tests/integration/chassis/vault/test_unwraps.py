"""The record of unwraps: asked by subject, kept for a stated time; and a vault of the release before."""

from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files

import asyncpg
import pytest
from chassis.vault.administration import migrate_vault
from chassis.vault.unwraps import forget_unwraps
from support.catalogue import catalogue
from support.vault_database import VaultDatabase

HERS = "victim/01930000-0000-7000-8000-00000000000a"
UNWRAPS = f"""
INSERT INTO vault.unwrap (at, who, purpose, subjects)
SELECT clock_timestamp() - interval '1 day' * (30 - n), 'vault_journey', 'timeline',
       ARRAY['victim/' || n, CASE WHEN n % 10 = 0 THEN '{HERS}' ELSE 'case/' || n END]
FROM generate_series(1, 30) AS n
"""


@pytest.fixture
async def vault(database: Callable[[str], str]) -> VaultDatabase:
    made = VaultDatabase(database("empty"))
    await made.set_up()
    await made.rows(UNWRAPS)
    return made


async def test_who_unwrapped_her_key_is_found_by_an_index(vault: VaultDatabase) -> None:
    query = f"SELECT at FROM vault.unwrap WHERE subjects @> ARRAY['{HERS}']"
    assert len(await vault.rows(query)) == 3
    connection = await asyncpg.connect(vault.owner_url)
    try:
        await connection.execute("SET enable_seqscan = off")
        plan = "\n".join(row[0] for row in await connection.fetch(f"EXPLAIN {query}"))
    finally:
        await connection.close()
    assert "unwrap_subject" in plan


@pytest.mark.parametrize("at_once", [3, 1000])
async def test_what_is_older_than_is_stated_goes_and_the_rest_stays(vault: VaultDatabase, at_once: int) -> None:
    connection = await asyncpg.connect(vault.owner_url)
    try:
        assert await forget_unwraps(connection, kept=timedelta(days=20, hours=1), at_once=at_once) == 9
        assert await forget_unwraps(connection, kept=timedelta(days=20, hours=1), at_once=at_once) == 0
        assert await connection.fetchval("SELECT count(*) FROM vault.unwrap") == 21
    finally:
        await connection.close()


async def test_each_migration_lets_old_unwraps_go(vault: VaultDatabase) -> None:
    await migrate_vault(vault.owner_url, [], unwraps_kept=timedelta(days=10, hours=1))
    assert len(await vault.rows("SELECT FROM vault.unwrap")) == 11


async def test_a_filled_vault_of_the_release_before_becomes_like_a_new_one(
    vault: VaultDatabase, database: Callable[[str], str]
) -> None:
    before = VaultDatabase(database("empty"))
    connection = await asyncpg.connect(before.owner_url)
    try:
        await connection.execute((files("chassis.vault") / "sql" / "vault.sql").read_text())
        await connection.execute("INSERT INTO vault.data_key (subject, wrapped) VALUES ($1, $2)", HERS, bytes(40))
        await connection.execute("SELECT vault.erase($1, 'request')", HERS.replace("victim", "case"))
        await connection.execute(UNWRAPS)
    finally:
        await connection.close()
    await before.set_up()
    assert await catalogue(before.owner_url, "vault") == await catalogue(vault.owner_url, "vault")
    kept = await before.rows("SELECT subject, wrapped FROM vault.data_key ORDER BY subject DESC")
    assert [tuple(row) for row in kept] == [(HERS, bytes(40)), (HERS.replace("victim", "case"), None)]
