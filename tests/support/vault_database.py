"""The vault's own database, set up as its owner does it, and looked into as its owner may."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from chassis.database import Pool, open_pool
from chassis.vault.administration import VaultRole, migrate_vault
from pydantic import SecretStr

PASSWORD = SecretStr("only-for-'this'-test")
INTAKE = VaultRole("vault_intake", PASSWORD, forgets_documents=True)
JOURNEY = VaultRole("vault_journey", PASSWORD, erases=True)


class VaultDatabase:
    """One vault database with two roles: one that forgets documents, and one that erases."""

    def __init__(self, owner_url: str) -> None:
        self.owner_url = owner_url

    async def set_up(self) -> None:
        await migrate_vault(self.owner_url, [INTAKE, JOURNEY])

    def url_of(self, role: str) -> str:
        parts = urlsplit(self.owner_url)
        return urlunsplit(parts._replace(netloc=f"{role}:only-for-%27this%27-test@{parts.netloc.rpartition('@')[2]}"))

    @asynccontextmanager
    async def pool_of(self, role: str) -> AsyncIterator[Pool]:
        async with open_pool(self.url_of(role), size=4) as pool:
            yield pool

    async def rows(self, query: str) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.owner_url)
        try:
            return list(await connection.fetch(query))
        finally:
            await connection.close()
