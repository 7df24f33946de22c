"""The vault as services have it: its own database, wrapped keys, one role."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

from chassis.clock import SystemClock
from chassis.database import open_pool
from chassis.vault.administration import VaultRole, migrate_vault
from chassis.vault.composing import EventComposer
from chassis.vault.postgres import PostgresVault
from pydantic import SecretStr
from support.databases import EMPTY, Databases

ROLE = "bench_intake_vault"


@asynccontextmanager
async def open_composer(databases: Databases) -> AsyncIterator[EventComposer]:
    """A composer over a real vault in a database of its own."""
    dsn = databases.copy_of(EMPTY)
    password = secrets.token_urlsafe(18)
    await migrate_vault(dsn, [VaultRole(ROLE, SecretStr(password))])
    address = urlsplit(dsn)
    mine = urlunsplit(address._replace(netloc=f"{ROLE}:{password}@{address.hostname}:{address.port}"))
    async with open_pool(mine, size=2) as pool:
        vault = PostgresVault(pool, kek=secrets.token_bytes(32), clock=SystemClock())
        yield EventComposer(vault, secrets.token_bytes(32))
    databases.drop(dsn)
