"""Roles and databases are made once, and made again without harm, as when containers start on old data."""

import asyncpg
import pytest
from chassis.migrations import migrate
from chassis.vault.administration import VaultRole, migrate_vault
from pydantic import SecretStr
from sandbox.servers.postgres import PostgresServer
from sandbox.system.databases import Databases
from sandbox.system.keys import RunKeys
from sandbox.system.services import SERVICES, VAULT, VAULT_OWNER

pytestmark = pytest.mark.servers


async def set_up(databases: Databases) -> None:
    await databases.create()
    roles = [VaultRole(one.vault_role, SecretStr(databases.passwords[one.vault_role])) for one in SERVICES]
    await migrate_vault(databases.dsn(VAULT, role=VAULT_OWNER), roles)
    for service in SERVICES:
        url = databases.dsn(service.package, role=service.owner_role)
        await migrate(url, package=f"{service.package}.migrations", sandbox_clock=True)
    await databases.let_services_in()


async def test_they_are_made_again_with_new_passwords_and_nobody_may_do_more(
    breakable_postgres: PostgresServer,
) -> None:
    await set_up(Databases(breakable_postgres, RunKeys().roles))
    databases = Databases(breakable_postgres, RunKeys().roles)
    await set_up(databases)
    for service in SERVICES:
        connection = await asyncpg.connect(databases.dsn(service.package, role=service.package))
        assert await connection.fetchval("SELECT count(*) FROM log") == 0
        for forbidden in ("DELETE FROM log", "DELETE FROM chassis_step", "CREATE TABLE mine ()"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(forbidden)
        await connection.close()
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(databases.dsn(VAULT, role=service.package))
        await (await asyncpg.connect(databases.dsn(VAULT, role=service.vault_role))).close()
