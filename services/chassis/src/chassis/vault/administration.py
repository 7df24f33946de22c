"""Setting the vault up: its tables and functions, and one role per service that may only execute functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files

from pydantic import SecretStr

from chassis.database import Connection
from chassis.steps import Ledger, Step, alone, steps_of
from chassis.vault.unwraps import UNWRAPS_KEPT, forget_unwraps

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


async def migrate_vault(
    owner_url: str, roles: Sequence[VaultRole], *, with_after: bool = False, unwraps_kept: timedelta = UNWRAPS_KEPT
) -> None:
    """Create or update the vault as its owner, set each role's password and grants, and let old unwraps go.

    Safe to run again, and while everything runs; `with_after` as in `chassis.migrations.migrate`.
    """
    async with alone(owner_url) as connection:
        await connection.execute("CREATE SCHEMA IF NOT EXISTS vault")
        ledger = Ledger(connection, "vault.step")
        await ledger.open()
        is_new = await connection.fetchval("SELECT to_regclass('vault.data_key') IS NULL")
        await ledger.run(vault_steps(), with_after=with_after or is_new)
        async with connection.transaction():
            for role in roles:
                await _grant(connection, role)
        await forget_unwraps(connection, kept=unwraps_kept)


def vault_steps() -> list[Step]:
    """The base, which may run over what a release made that recorded no steps, and each change since."""
    folder = files("chassis.vault") / "sql"
    base = Step("0000_base", (folder / "vault.sql").read_text(encoding="utf-8"))
    return [base, *steps_of(folder / "steps")]


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
