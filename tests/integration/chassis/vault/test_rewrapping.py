"""A change of the wrapping key while everything runs: nothing is lost, nothing is opened by a key that left."""

import asyncio
import base64
import json
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg
import psycopg
import pytest
from chassis.database import Connection
from chassis.key_ring import KeyRing
from chassis.testing.clock import FakeClock
from chassis.vault.errors import KeysLeft, WrappedElsewhere
from chassis.vault.keys import DataKey, Erased, KeyWrapping
from chassis.vault.postgres import PostgresVault
from chassis.vault.rewrapping import keys_left, rewrap
from support.deadline import until
from support.vault_database import VaultDatabase

OLD_KEY, NEW_KEY = b"o" * 32, b"n" * 32
OLD = KeyRing.alone(OLD_KEY)
TOLD = KeyRing({"": OLD_KEY, "2027": NEW_KEY})
CHANGED = KeyRing({"2027": NEW_KEY, "": OLD_KEY})
NEW = KeyRing({"2027": NEW_KEY})
HERS, *OTHERS = [f"victim/01930000-0000-7000-8000-{number:012x}" for number in range(100)]


@pytest.fixture
async def vault(database: Callable[[str], str]) -> VaultDatabase:
    made = VaultDatabase(database("empty"))
    await made.set_up()
    return made


@asynccontextmanager
async def process(vault: VaultDatabase, keks: KeyRing) -> AsyncIterator[PostgresVault]:
    """A service that was told these keys, and holds none from before."""
    async with vault.pool_of("vault_journey") as pool:
        yield PostgresVault(pool, kek=keks, clock=FakeClock())


@asynccontextmanager
async def owner(vault: VaultDatabase) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(vault.owner_url)
    try:
        yield connection
    finally:
        await connection.close()


def unheard(done: int, of: int) -> None:
    """Nobody listens."""


async def test_each_key_is_wrapped_anew_and_opens_what_it_sealed(vault: VaultDatabase) -> None:
    async with process(vault, OLD) as before, owner(vault) as connection:
        sealed = {one: key.seal(b"x", b"") for one, key in (await before.keys_for_sealing([HERS, *OTHERS])).items()}
        heard: list[tuple[int, int]] = []
        await rewrap(connection, CHANGED, say=lambda done, of: heard.append((done, of)), at_once=40)
        assert heard == [(0, 100), (40, 100), (80, 100), (100, 100)]
        again = await before.keys_for_sealing([HERS])
        assert again[HERS].open(sealed[HERS], b"") == b"x"
    async with process(vault, NEW) as after:
        keys = await after.keys_for_opening(sealed.keys(), purpose="timeline")
        assert {_opened(keys[one], text) for one, text in sealed.items()} == {b"x"}
    async with process(vault, OLD) as forgotten:
        with pytest.raises(WrappedElsewhere):
            await forgotten.keys_for_opening([HERS], purpose="timeline")
    [recorded] = await vault.rows("SELECT sum(cardinality(subjects)) FROM vault.unwrap WHERE purpose = 'rewrap'")
    assert recorded[0] == 100


async def test_it_goes_on_where_it_was_broken_off(vault: VaultDatabase) -> None:
    async with process(vault, OLD) as before, owner(vault) as connection:
        await before.keys_for_sealing([HERS, *OTHERS])

        def broken_off(done: int, of: int) -> None:
            if done == 40:
                raise ConnectionError

        with pytest.raises(ConnectionError):
            await rewrap(connection, CHANGED, say=broken_off, at_once=20)
        assert await keys_left(connection, CHANGED) == 60
        await rewrap(connection, CHANGED, say=unheard, at_once=20)
        assert await keys_left(connection, CHANGED) == 0


async def test_keys_are_made_used_and_destroyed_while_they_are_wrapped_anew(vault: VaultDatabase) -> None:
    async with process(vault, TOLD) as told, process(vault, CHANGED) as changed, owner(vault) as connection:
        await told.keys_for_sealing(OTHERS[:50])
        sealed = (await told.keys_for_sealing([HERS]))[HERS].seal(b"x", b"")
        stop = asyncio.Event()

        async def in_use() -> None:
            for subject in OTHERS[50:]:
                maker = told if subject < OTHERS[75] else changed
                await maker.keys_for_sealing([subject, HERS])
                await changed.erase(OTHERS[OTHERS.index(subject) - 50], reason="request")
            stop.set()

        using = asyncio.create_task(in_use())
        while not stop.is_set():
            try:
                await rewrap(connection, CHANGED, say=unheard, at_once=7)
            except KeysLeft as left:
                assert "run rewrap again" in str(left)
        await using
        await rewrap(connection, CHANGED, say=unheard, at_once=7)
    async with process(vault, NEW) as after:
        keys = await after.keys_for_opening([HERS, *OTHERS], purpose="timeline")
    assert _opened(keys[HERS], sealed) == b"x"
    assert [isinstance(keys[one], Erased) for one in OTHERS] == [True] * 49 + [False] * 50


async def test_a_process_that_still_makes_old_ones_is_found_out(vault: VaultDatabase) -> None:
    async with process(vault, TOLD) as told, owner(vault) as connection:
        await told.keys_for_sealing(OTHERS)

        def one_more(done: int, of: int) -> None:
            if done:
                with psycopg.connect(vault.owner_url) as other:
                    made = (HERS, KeyWrapping(TOLD).fresh())
                    other.execute("INSERT INTO vault.data_key (subject, wrapped) VALUES (%s, %s)", made)

        with pytest.raises(KeysLeft, match="1 keys"):
            await rewrap(connection, CHANGED, say=one_more)
        await rewrap(connection, CHANGED, say=unheard)


async def test_an_erasure_that_comes_in_between_stays(vault: VaultDatabase) -> None:
    async with process(vault, OLD) as before, owner(vault) as connection, owner(vault) as eraser:
        await before.keys_for_sealing([HERS])
        async with eraser.transaction():
            await eraser.execute("SELECT vault.erase($1, 'request')", HERS)
            running = asyncio.create_task(rewrap(connection, CHANGED, say=unheard))
            waits = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"
            await until(lambda: eraser.fetchval(waits), "the change of keys waits for the erasure")
        await running
    [row] = await vault.rows("SELECT wrapped, reason FROM vault.data_key")
    assert tuple(row) == (None, "request")


async def test_a_key_that_the_ring_lacks_stops_it_and_nothing_is_lost(vault: VaultDatabase) -> None:
    async with process(vault, OLD) as before, owner(vault) as connection:
        await before.keys_for_sealing([HERS])
        with pytest.raises(WrappedElsewhere, match="vault_kek"):
            await rewrap(connection, NEW, say=unheard)
        wrong = KeyRing({"2027": NEW_KEY, "": b"w" * 32})
        with pytest.raises(WrappedElsewhere, match="vault_kek"):
            await rewrap(connection, wrong, say=unheard)
        await rewrap(connection, CHANGED, say=unheard)


async def test_the_command_says_how_many_are_left_and_ends_with_zero(vault: VaultDatabase) -> None:
    async with process(vault, OLD) as before:
        await before.keys_for_sealing([HERS, *OTHERS])
    ring = f"2027:{base64.b64encode(NEW_KEY).decode()},{base64.b64encode(OLD_KEY).decode()}"
    code, lines = await _command("rewrap", {"VAULT_OWNER_URL": vault.owner_url, "VAULT_KEK": ring})
    assert code == 0
    assert [(line["count"], line["limit"]) for line in lines] == [(0, 100), (100, 100)]


async def _command(command: str, environment: dict[str, str]) -> tuple[int | None, list[dict[str, object]]]:
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "chassis.vault", command, env=environment, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await running.communicate()
    return running.returncode, [json.loads(line) for line in out.splitlines()]


def _opened(key: DataKey | Erased, sealed: bytes) -> bytes:
    assert isinstance(key, DataKey)
    return key.open(sealed, b"")
