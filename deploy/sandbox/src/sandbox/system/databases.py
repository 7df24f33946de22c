"""Each service's database, with an owner that migrates and a role that runs; no role can open another's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import asyncpg

from sandbox.system.services import SERVICES, VAULT, VAULT_OWNER, Service


class Server(Protocol):
    """A PostgreSQL server whose superuser we are."""

    def dsn(self, database: str = ..., *, user: str = ..., password: str | None = ...) -> str:
        """Of this database for this user; without a password, the superuser's own."""


@dataclass(frozen=True)
class Databases:
    """The databases on one server; `passwords` are those of the roles."""

    server: Server
    passwords: Mapping[str, str]

    def dsn(self, database: str, *, role: str) -> str:
        return self.server.dsn(database, user=role, password=self.passwords[role])

    async def create(self) -> None:
        """Makes the roles and databases that are not there yet. The vault's migration makes its roles for services."""
        admin = await asyncpg.connect(self.server.dsn())
        try:
            for service in SERVICES:
                await self._create_role(admin, service.owner_role)
                await self._create_role(admin, service.package)
                await self._create_database(admin, service.package, owner=service.owner_role)
                await admin.execute(f"GRANT CONNECT, TEMPORARY ON DATABASE {service.package} TO {service.package}")
            await self._create_role(admin, VAULT_OWNER, "CREATEROLE")
            await self._create_database(admin, VAULT, owner=VAULT_OWNER)
        finally:
            await admin.close()

    async def let_services_in(self) -> None:
        """After the migrations: rows to each service's role, but no change of its log; the vault to its roles."""
        for service in SERVICES:
            await self._run(service.package, _grants(service))
        roles = ", ".join(service.vault_role for service in SERVICES)
        await self._run(VAULT, f"GRANT CONNECT ON DATABASE {VAULT} TO {roles}")

    async def _create_role(self, admin: asyncpg.Connection, role: str, *rights: str) -> None:
        password = await admin.fetchval("SELECT quote_literal($1)", self.passwords[role])
        verb = "ALTER" if await admin.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role) else "CREATE"
        await admin.execute(f"{verb} ROLE {role} LOGIN {' '.join(rights)} PASSWORD {password}")

    async def _create_database(self, admin: asyncpg.Connection, database: str, *, owner: str) -> None:
        if not await admin.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", database):
            await admin.execute(f"CREATE DATABASE {database} OWNER {owner}")
        await admin.execute(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")

    async def _run(self, database: str, statements: str) -> None:
        connection = await asyncpg.connect(self.server.dsn(database))
        try:
            await connection.execute(statements)
        finally:
            await connection.close()


def _grants(service: Service) -> str:
    role = service.package
    return f"""
        GRANT USAGE ON SCHEMA public TO {role};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
        REVOKE UPDATE, DELETE ON log FROM {role};
        REVOKE INSERT, UPDATE, DELETE ON chassis_step, alembic_version FROM {role};
    """
