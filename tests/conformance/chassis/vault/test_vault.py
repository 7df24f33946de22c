"""Every vault keeps the same promises: the one in memory, and the one in PostgreSQL."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from chassis.database import open_pool
from chassis.key_ring import KeyRing
from chassis.testing.clock import FakeClock
from chassis.vault.administration import VaultRole, migrate_vault
from chassis.vault.errors import KeyUnknown, SealBroken, SubjectErased, VaultRefused
from chassis.vault.keys import DataKey, Erased
from chassis.vault.memory import MemoryVault
from chassis.vault.port import MOST_FORGOTTEN, Vault
from chassis.vault.postgres import PostgresVault
from pydantic import SecretStr

HERS = "victim/01930000-0000-7000-8000-00000000000a"
THEIRS = "victim/01930000-0000-7000-8000-00000000000b"
KEK = KeyRing.alone(bytes(32))


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.servers)])
def where(request: pytest.FixtureRequest) -> str | None:
    """The DSN of an empty database, or None for the vault in memory."""
    if request.param == "memory":
        return None
    database: Callable[[str], str] = request.getfixturevalue("database")
    return database("empty")


@pytest.fixture
async def vault(where: str | None) -> AsyncIterator[Vault]:
    clock = FakeClock()
    if where is None:
        yield MemoryVault(clock=clock)
        return
    role = VaultRole("vault_conformance", SecretStr("a-password"), erases=True, forgets_documents=True)
    await migrate_vault(where, [role])
    async with open_pool(where, size=2) as pool:
        yield PostgresVault(pool, kek=KEK, clock=clock)


async def _opening(vault: Vault, subject: str) -> DataKey | Erased:
    return (await vault.keys_for_opening([subject], purpose="test"))[subject]


async def _sealed(vault: Vault, subject: str) -> bytes:
    return (await vault.keys_for_sealing([subject]))[subject].seal(b"Amira Example", b"place")


async def test_what_is_sealed_opens_in_its_place_and_in_no_other(vault: Vault) -> None:
    sealed = await _sealed(vault, HERS)
    key: Any = await _opening(vault, HERS)
    assert key.open(sealed, b"place") == b"Amira Example"
    for broken, place in [(sealed, b"elsewhere"), (sealed[:-1] + bytes([sealed[-1] ^ 1]), b"place"), (b"", b"place")]:
        with pytest.raises(SealBroken):
            key.open(broken, place)


async def test_no_subjects_key_opens_anothers(vault: Vault) -> None:
    keys = await vault.keys_for_sealing([HERS, THEIRS])
    with pytest.raises(SealBroken):
        keys[THEIRS].open(keys[HERS].seal(b"x", b"place"), b"place")


async def test_the_same_subject_has_the_same_key(vault: Vault) -> None:
    sealed = await _sealed(vault, HERS)
    assert (await vault.keys_for_sealing([HERS]))[HERS].open(sealed, b"place") == b"Amira Example"


async def test_a_text_sealed_twice_looks_different(vault: Vault) -> None:
    assert await _sealed(vault, HERS) != await _sealed(vault, HERS)


async def test_erased_is_a_tombstone_for_that_subject_alone(vault: Vault) -> None:
    await vault.keys_for_sealing([HERS, THEIRS])
    tombstone = await vault.erase(HERS, reason="request 1")
    assert await _opening(vault, HERS) == tombstone
    assert isinstance(await _opening(vault, THEIRS), DataKey)
    with pytest.raises(SubjectErased):
        await vault.keys_for_sealing([THEIRS, HERS])


async def test_erasing_again_leaves_the_first_tombstone(vault: Vault) -> None:
    await vault.keys_for_sealing([HERS])
    assert await vault.erase(HERS, reason="request 1") == await vault.erase(HERS, reason="request 2")


async def test_a_subject_erased_before_first_use_gets_no_key(vault: Vault) -> None:
    await vault.erase(HERS, reason="request 1")
    with pytest.raises(SubjectErased):
        await vault.keys_for_sealing([HERS])


def letters(count: int) -> list[str]:
    return [f"document/01930000-0000-7000-8000-{number:012x}" for number in range(count)]


async def test_documents_forgotten_together_leave_their_tombstones_and_no_others(vault: Vault) -> None:
    first, second, third = letters(3)
    await vault.keys_for_sealing([first, third])
    forgotten = await vault.forget_documents([first, second], reason="kept for long enough")
    assert forgotten.keys() == {first, second}
    assert [await _opening(vault, each) for each in (first, second)] == list(forgotten.values())
    assert isinstance(await _opening(vault, third), DataKey)
    for gone in (first, second):
        with pytest.raises(SubjectErased):
            await vault.keys_for_sealing([gone])


async def test_forgetting_again_leaves_the_first_tombstones(vault: Vault) -> None:
    first, second = letters(2)
    once = await vault.forget_documents([first], reason="kept for long enough")
    again = await vault.forget_documents([first, first, second], reason="kept for long enough")
    assert again[first] == once[first] == await vault.erase(first, reason="request 3")


async def test_only_documents_are_forgotten_and_a_batch_with_another_subject_leaves_all(vault: Vault) -> None:
    [letter] = letters(1)
    others = [HERS, HERS.replace("victim", "case")]
    await vault.keys_for_sealing([letter, *others])
    for other in others:
        with pytest.raises(VaultRefused):
            await vault.forget_documents([letter, other], reason="kept for long enough")
    assert all([isinstance(await _opening(vault, each), DataKey) for each in (letter, *others)])


async def test_documents_are_forgotten_in_bounded_batches(vault: Vault) -> None:
    assert await vault.forget_documents([], reason="kept for long enough") == {}
    many = letters(MOST_FORGOTTEN + 1)
    with pytest.raises(VaultRefused):
        await vault.forget_documents(many, reason="kept for long enough")
    assert len(await vault.forget_documents(many[1:], reason="kept for long enough")) == MOST_FORGOTTEN


async def test_an_unknown_subject_is_not_an_erased_one(vault: Vault) -> None:
    with pytest.raises(KeyUnknown):
        await _opening(vault, HERS)


async def test_many_subjects_are_one_call(vault: Vault) -> None:
    subjects = [f"victim/01930000-0000-7000-8000-{number:012x}" for number in range(200)]
    assert set(await vault.keys_for_sealing([*subjects, subjects[0]])) == set(subjects)
    assert set(await vault.keys_for_opening(subjects, purpose="test")) == set(subjects)
