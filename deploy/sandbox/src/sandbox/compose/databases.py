"""`python -m sandbox.compose.databases create | grant`: once before the migrations, and once after them."""

import asyncio
from enum import StrEnum
from typing import assert_never

import typer
from chassis.environment import Settings
from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from sandbox.compose.address import POSTGRES, ServerAt
from sandbox.system.databases import Databases


class DatabasesSettings(Settings):
    """`superuser` is its password; `passwords` are those of the roles (JSON)."""

    model_config = SettingsConfigDict(env_prefix="DATABASES_", frozen=True, extra="ignore")

    superuser: SecretStr
    passwords: dict[str, SecretStr]


class Step(StrEnum):
    CREATE = "create"
    GRANT = "grant"


def main(step: Step) -> None:
    """Make the roles and databases, or let the services' roles in."""
    settings = DatabasesSettings()
    passwords = {role: password.get_secret_value() for role, password in settings.passwords.items()}
    databases = Databases(ServerAt(POSTGRES, settings.superuser.get_secret_value()), passwords)
    match step:
        case Step.CREATE:
            asyncio.run(databases.create())
        case Step.GRANT:
            asyncio.run(databases.let_services_in())
        case _:
            assert_never(step)


if __name__ == "__main__":
    typer.run(main)
