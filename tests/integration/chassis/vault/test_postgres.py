"""The vault's database: what a service's role can do, what is recorded, and what an outage and an erasure are."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import asyncpg
import pytest
from chassis.database import open_pool
from chassis.key_ring import KeyRing
from chassis.testing.clock import FakeClock
from chassis.vault.administration import migrate_vault
from chassis.vault.errors import SubjectErased, VaultRefused, VaultUnreachable, WrappedElsewhere
from chassis.vault.keys import Erased
from chassis.vault.postgres import PostgresVault
from sandbox.servers.postgres import PostgresServer
from support.vault_database import VaultDatabase

HERS = "victim/01930000-0000-7000-8000-00000000000a"
THEIRS = "victim/01930000-0000-7000-8000-00000000000b"
LETTER = "document/01930000-0000-7000-8000-00000000000d"
KEK = KeyRing.alone(b"k" * 32)


@pytest.fixture
async def database_of_vault(database: Callable[[str], str]) -> VaultDatabase:
    made = VaultDatabase(database("empty"))
    await made.set_up()
    await made.set_up()
    return made


async def test_each_unwrap_is_recorded_with_who_and_why(database_of_vault: VaultDatabase) -> None:
    clock = FakeClock()
    async with (
        database_of_vault.pool_of("vault_intake") as intake,
        database_of_vault.pool_of("vault_journey") as journey,
    ):
        await PostgresVault(intake, kek=KEK, clock=clock).keys_for_sealing([HERS])
        await PostgresVault(journey, kek=KEK, clock=clock).keys_for_opening([HERS], purpose="timeline")
    rows = await database_of_vault.rows("SELECT who, purpose, subjects FROM vault.unwrap ORDER BY id")
    assert [tuple(row) for row in rows] == [("vault_intake", "seal", [HERS]), ("vault_journey", "timeline", [HERS])]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM vault.data_key",
        "SELECT * FROM vault.unwrap",
        "DELETE FROM vault.unwrap",
        f"SELECT vault.erase('{HERS}', 'x')",
        f"SELECT vault.erase('{LETTER}', 'x')",
        f"SELECT vault.leave_tombstones(ARRAY['{HERS}'], 'x')",
        f"SELECT vault.forget_documents(ARRAY['{HERS}'], 'x')",
        f"SELECT vault.forget_documents(ARRAY['{LETTER}', '{HERS.replace('victim', 'case')}'], 'x')",
        "SELECT vault.forget_documents(ARRAY[NULL], 'x')",
        "CREATE TABLE vault.mine (x int)",
        "GRANT EXECUTE ON FUNCTION vault.erase(text, text) TO vault_intake",
    ],
)
async def test_a_services_role_reaches_nothing_but_its_functions(database_of_vault: VaultDatabase, query: str) -> None:
    async with database_of_vault.pool_of("vault_intake") as pool, pool.acquire() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(query)


async def test_a_role_without_the_right_to_erase_is_refused(database_of_vault: VaultDatabase) -> None:
    async with database_of_vault.pool_of("vault_intake") as pool:
        with pytest.raises(VaultRefused):
            await PostgresVault(pool, kek=KEK, clock=FakeClock()).erase(HERS, reason="x")


async def test_a_role_that_forgets_documents_leaves_every_persons_key(database_of_vault: VaultDatabase) -> None:
    async with database_of_vault.pool_of("vault_intake") as pool:
        vault = PostgresVault(pool, kek=KEK, clock=FakeClock())
        await vault.keys_for_sealing([HERS, LETTER])
        with pytest.raises(VaultRefused):
            await vault.forget_documents([LETTER, HERS], reason="x")
        await vault.forget_documents([LETTER, LETTER], reason="kept for long enough")
    rows = await database_of_vault.rows("SELECT subject, wrapped, erased_by, reason FROM vault.data_key ORDER BY 1")
    assert tuple(rows[0]) == (LETTER, None, "vault_intake", "kept for long enough")
    assert (rows[1]["subject"], rows[1]["wrapped"] is None) == (HERS, False)


async def test_a_role_without_the_right_to_forget_documents_is_refused(database_of_vault: VaultDatabase) -> None:
    async with database_of_vault.pool_of("vault_journey") as pool:
        with pytest.raises(VaultRefused):
            await PostgresVault(pool, kek=KEK, clock=FakeClock()).forget_documents([LETTER], reason="x")


async def test_the_vault_itself_bounds_what_is_forgotten_at_once(database_of_vault: VaultDatabase) -> None:
    async with database_of_vault.pool_of("vault_intake") as pool, pool.acquire() as connection:
        with pytest.raises(asyncpg.ProgramLimitExceededError):
            await connection.execute(f"SELECT vault.forget_documents(array_fill('{LETTER}'::text, ARRAY[1001]), 'x')")


async def test_a_document_forgotten_here_is_held_here_no_longer(database_of_vault: VaultDatabase) -> None:
    async with database_of_vault.pool_of("vault_intake") as pool:
        vault = PostgresVault(pool, kek=KEK, clock=FakeClock())
        await vault.keys_for_sealing([LETTER])
        await vault.keys_for_opening([LETTER], purpose="read again")
        forgotten = await vault.forget_documents([LETTER], reason="x")
        assert await vault.keys_for_opening([LETTER], purpose="read again") == forgotten
        with pytest.raises(SubjectErased):
            await vault.keys_for_sealing([LETTER])


async def test_two_that_forget_the_same_documents_agree_on_the_tombstones(database_of_vault: VaultDatabase) -> None:
    letters = [f"document/01930000-0000-7000-8000-{number:012x}" for number in range(300)]
    async with database_of_vault.pool_of("vault_intake") as pool:
        vault = PostgresVault(pool, kek=KEK, clock=FakeClock())
        orders = [letters, letters[::-1]] * 3
        first, *others = await asyncio.gather(*(vault.forget_documents(order, reason="x") for order in orders))
    assert first.keys() == set(letters)
    assert all(other == first for other in others)


async def test_a_role_without_grants_is_refused(database_of_vault: VaultDatabase) -> None:
    await database_of_vault.rows("CREATE ROLE vault_relay LOGIN PASSWORD 'only-for-''this''-test'")
    try:
        async with database_of_vault.pool_of("vault_relay") as pool:
            with pytest.raises(VaultRefused):
                await PostgresVault(pool, kek=KEK, clock=FakeClock()).keys_for_opening([HERS], purpose="x")
    finally:
        await database_of_vault.rows("DROP ROLE vault_relay")


async def test_the_database_alone_opens_nothing(database_of_vault: VaultDatabase) -> None:
    async with database_of_vault.pool_of("vault_intake") as pool:
        await PostgresVault(pool, kek=KEK, clock=FakeClock()).keys_for_sealing([HERS])
        with pytest.raises(WrappedElsewhere):
            await PostgresVault(pool, kek=KeyRing.alone(b"o" * 32), clock=FakeClock()).keys_for_opening(
                [HERS], purpose="x"
            )


async def test_a_key_is_held_for_a_minute_and_not_longer(database_of_vault: VaultDatabase) -> None:
    clock = FakeClock()
    async with database_of_vault.pool_of("vault_journey") as one, database_of_vault.pool_of("vault_journey") as other:
        vault = PostgresVault(one, kek=KEK, clock=clock, cached_for=timedelta(hours=1))
        await vault.keys_for_sealing([HERS])
        await vault.keys_for_opening([HERS], purpose="timeline")
        await PostgresVault(other, kek=KEK, clock=clock).erase(HERS, reason="request")
        clock.advance(timedelta(seconds=59))
        await vault.keys_for_sealing([HERS])
        clock.advance(timedelta(seconds=1))
        assert isinstance((await vault.keys_for_opening([HERS], purpose="timeline"))[HERS], Erased)
        with pytest.raises(SubjectErased):
            await vault.keys_for_sealing([HERS])


async def test_an_erasure_destroys_the_key_and_the_tombstone_stays(database_of_vault: VaultDatabase) -> None:
    async with database_of_vault.pool_of("vault_journey") as pool:
        vault = PostgresVault(pool, kek=KEK, clock=FakeClock())
        await vault.keys_for_sealing([HERS])
        await vault.erase(HERS, reason="request 7")
    rows = await database_of_vault.rows("SELECT wrapped, erased_by, reason FROM vault.data_key")
    assert [tuple(row) for row in rows] == [(None, "vault_journey", "request 7")]
    for undo in ("UPDATE vault.data_key SET erased_at = NULL, wrapped = ''", "DELETE FROM vault.data_key"):
        with pytest.raises(asyncpg.RaiseError):
            await database_of_vault.rows(undo)


async def test_many_first_uses_at_once_agree_on_one_key(database_of_vault: VaultDatabase) -> None:
    async with database_of_vault.pool_of("vault_intake") as pool:
        vaults = [PostgresVault(pool, kek=KEK, clock=FakeClock()) for _ in range(8)]
        orders = [[HERS, THEIRS], [THEIRS, HERS]] * 4
        made = await asyncio.gather(
            *(vault.keys_for_sealing(order) for vault, order in zip(vaults, orders, strict=True))
        )
    sealed = made[0][HERS].seal(b"x", b"place")
    assert {keys[HERS].open(sealed, b"place") for keys in made} == {b"x"}


async def test_a_role_that_may_not_log_in_any_more_is_refused(database_of_vault: VaultDatabase) -> None:
    async with database_of_vault.pool_of("vault_intake") as pool:
        await database_of_vault.rows("ALTER ROLE vault_intake NOLOGIN")
        await database_of_vault.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'vault_intake'"
        )
        with pytest.raises((VaultRefused, VaultUnreachable)):
            await PostgresVault(pool, kek=KEK, clock=FakeClock()).keys_for_opening([HERS], purpose="timeline")
        with pytest.raises(VaultRefused):
            await PostgresVault(pool, kek=KEK, clock=FakeClock()).keys_for_opening([HERS], purpose="timeline")


async def test_a_vault_that_is_gone_is_unreachable_and_never_erased(breakable_postgres: PostgresServer) -> None:
    await migrate_vault(breakable_postgres.dsn(), [])
    async with open_pool(breakable_postgres.dsn(), size=1) as pool:
        vault = PostgresVault(pool, kek=KEK, clock=FakeClock())
        await vault.keys_for_sealing([HERS])
        breakable_postgres.kill()
        for _ in range(2):
            with pytest.raises(VaultUnreachable):
                await vault.keys_for_opening([HERS], purpose="timeline")
