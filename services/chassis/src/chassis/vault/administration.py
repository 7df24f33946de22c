"""Setting the vault up: its tables and functions, and one role per service that may only execute functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from pydantic import SecretStr

from chassis.database import Connection, open_pool

_SEAL_AND_OPEN = ("vault.keys_for_sealing(text[], bytea[])", "vault.keys_for_opening(text[], text)")
_ERASE = "vault.erase(text, text)"
_FORGET = "vault.forget_documents(text[], text)"


@dataclass(frozen=True, slots=True)
class VaultRole:
    """A service's role. A relay gets none.

    Only a role that `erases` may destroy any key; one that `forgets_documents` may destroy those of documents alone.
    """

    name: str
    password: SecretStr
    erases: bool = False
    forgets_documents: bool = False

    @property
    def functions(self) -> tuple[str, ...]:
        """What it may execute."""
        return (
            *_SEAL_AND_OPEN,
            *([_ERASE] if self.erases else []),
            *([_FORGET] if self.forgets_documents else []),
        )


async def migrate_vault(owner_url: str, roles: Sequence[VaultRole]) -> None:
    """Create or update the vault as its owner, and set each role's password and grants. Safe to run again."""
    async with open_pool(owner_url, size=1) as pool, pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(hashtext('vault'))")
        await connection.execute((files("chassis.vault") / "sql" / "vault.sql").read_text(encoding="utf-8"))
        for role in roles:
            await _grant(connection, role)


async def _grant(connection: Connection, role: VaultRole) -> None:
    name = await connection.fetchval("SELECT quote_ident($1)", role.name)
    password = await connection.fetchval("SELECT quote_literal($1)", role.password.get_secret_value())
    known = await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", role.name)
    verb = "ALTER" if known else "CREATE"
    await connection.execute(f"{verb} ROLE {name} LOGIN PASSWORD {password}")
    await connection.execute(f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA vault FROM {name}")
    await connection.execute(f"GRANT USAGE ON SCHEMA vault TO {name}")
    for function in role.functions:
        await connection.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {name}")
