"""The vault as services have it: its own database, wrapped keys, one role."""

import base64
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from chassis.clock import SystemClock
from chassis.database import open_pool
from chassis.key_ring import KeyRing
from chassis.vault.administration import VaultRole, migrate_vault
from chassis.vault.composing import EventComposer
from chassis.vault.postgres import PostgresVault
from pydantic import SecretStr
from support.databases import EMPTY, Databases

ROLE = "bench_intake_vault"


@dataclass(frozen=True)
class VaultAccess:
    """What a process needs to seal: the vault's address for its role, and the two keys (base64)."""

    dsn: str
    kek: str
    digest_key: str


@asynccontextmanager
async def open_vault(databases: Databases) -> AsyncIterator[VaultAccess]:
    """A real vault in a database of its own."""
    dsn = databases.copy_of(EMPTY)
    password = secrets.token_urlsafe(18)
    await migrate_vault(dsn, [VaultRole(ROLE, SecretStr(password))])
    address = urlsplit(dsn)
    mine = urlunsplit(address._replace(netloc=f"{ROLE}:{password}@{address.hostname}:{address.port}"))
    yield VaultAccess(mine, *(base64.b64encode(secrets.token_bytes(32)).decode() for _ in range(2)))
    databases.drop(dsn)


@asynccontextmanager
async def composer_of(access: VaultAccess) -> AsyncIterator[EventComposer]:
    """A composer over that vault."""
    async with open_pool(access.dsn, size=2) as pool:
        vault = PostgresVault(pool, kek=KeyRing.alone(base64.b64decode(access.kek)), clock=SystemClock())
        yield EventComposer(vault, KeyRing.alone(base64.b64decode(access.digest_key)))


@asynccontextmanager
async def open_composer(databases: Databases) -> AsyncIterator[EventComposer]:
    """A composer over a vault of its own."""
    async with open_vault(databases) as access, composer_of(access) as composer:
        yield composer
