"""The vault in its own PostgreSQL database, behind functions that record who unwrapped what, and why."""

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

import asyncpg

from chassis.clock import Clock
from chassis.database import AWAY, Connection, Pool
from chassis.key_ring import KeyRing
from chassis.vault.cache import KeyCache
from chassis.vault.errors import KeyUnknown, SubjectErased, VaultRefused, VaultUnreachable
from chassis.vault.keys import DataKey, Erased, KeyWrapping
from chassis.vault.port import LONGEST_CACHED, demand_documents

MOST_CACHED = 20_000

_SEALING = "seal"
_REFUSED = (asyncpg.InsufficientPrivilegeError, asyncpg.InvalidAuthorizationSpecificationError)


class PostgresVault:
    """One service's side of the vault; its role in `pool` may only execute functions. One round trip per batch."""

    def __init__(self, pool: Pool, *, kek: KeyRing, clock: Clock, cached_for: timedelta = LONGEST_CACHED) -> None:
        self._pool = pool
        self._wrapping = KeyWrapping(kek)
        self._clock = clock
        self._cache = KeyCache(longest=min(cached_for, LONGEST_CACHED), most=MOST_CACHED)

    async def keys_for_sealing(self, subjects: Collection[str]) -> Mapping[str, DataKey]:
        asked_at = self._clock.now()
        held = self._cache.get(subjects, purpose=_SEALING, now=asked_at)
        if len(held) == len(subjects):
            return held
        missing = sorted(set(subjects) - held.keys())
        if missing:
            found = await self._made_or_found(missing)
            self._cache.put(found, purpose=_SEALING, now=asked_at)
            held |= found
        return held

    async def keys_for_opening(self, subjects: Collection[str], *, purpose: str) -> Mapping[str, DataKey | Erased]:
        asked_at = self._clock.now()
        held = self._cache.get(subjects, purpose=purpose, now=asked_at)
        missing = sorted(set(subjects) - held.keys())
        if not missing:
            return held
        found = await self._found(missing, purpose)
        keys = {subject: key for subject, key in found.items() if isinstance(key, DataKey)}
        self._cache.put(keys, purpose=purpose, now=asked_at)
        return held | found

    async def erase(self, subject: str, *, reason: str) -> Erased:
        async with self._connection() as connection:
            moment = await connection.fetchval("SELECT vault.erase($1, $2)", subject, reason)
        self._cache.drop(subject)
        return Erased(moment)

    async def forget_documents(self, subjects: Collection[str], *, reason: str) -> Mapping[str, Erased]:
        demand_documents(subjects)
        async with self._connection() as connection:
            rows = await connection.fetch("SELECT * FROM vault.forget_documents($1, $2)", list(subjects), reason)
        for subject in subjects:
            self._cache.drop(subject)
        return {row["subject"]: Erased(row["erased_at"]) for row in rows}

    async def _made_or_found(self, subjects: list[str]) -> dict[str, DataKey]:
        fresh = [self._wrapping.fresh() for _ in subjects]
        async with self._connection() as connection:
            rows = await connection.fetch("SELECT * FROM vault.keys_for_sealing($1, $2)", subjects, fresh)
        if any(row["wrapped"] is None for row in rows):
            raise SubjectErased("a subject of these was erased; record nothing personal for them")
        return {row["subject"]: self._wrapping.unwrap(row["wrapped"]) for row in rows}

    async def _found(self, subjects: list[str], purpose: str) -> dict[str, DataKey | Erased]:
        async with self._connection() as connection:
            rows = await connection.fetch("SELECT * FROM vault.keys_for_opening($1, $2)", subjects, purpose)
        if len(rows) < len(subjects):
            raise KeyUnknown(f"the vault has no key for {len(subjects) - len(rows)} of the subjects")
        return {
            row["subject"]: Erased(row["erased_at"])
            if row["wrapped"] is None
            else self._wrapping.unwrap(row["wrapped"])
            for row in rows
        }

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        try:
            async with self._pool.acquire(timeout=5.0) as connection:
                yield connection
        except _REFUSED as error:
            raise VaultRefused("the vault refused this service's role") from error
        except AWAY as error:
            raise VaultUnreachable(f"the vault does not answer ({type(error).__name__})") from error
