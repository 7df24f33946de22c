"""`python -m chassis.vault migrate`: set the vault up, as its owner."""

import argparse
import asyncio

from chassis.endings import ends_plainly
from chassis.logging import configure_logging, log_the_end
from chassis.vault.administration import VaultRole, migrate_vault
from chassis.vault.settings import VaultAdministrationSettings


def main() -> None:
    """Read the settings and migrate."""
    parser = argparse.ArgumentParser(prog="python -m chassis.vault", description=__doc__)
    parser.add_argument("command", choices=["migrate"])
    parser.parse_args()
    configure_logging("vault")
    with ends_plainly("vault migrate", unforeseen=log_the_end):
        _migrate(VaultAdministrationSettings())


def _migrate(settings: VaultAdministrationSettings) -> None:
    roles = [VaultRole(name, password) for name, password in settings.roles.items()]
    erasing = [VaultRole(name, password, erases=True) for name, password in settings.erasing_roles.items()]
    forgetting = [
        VaultRole(name, password, forgets_documents=True) for name, password in settings.forgetting_roles.items()
    ]
    asyncio.run(migrate_vault(settings.owner_url.get_secret_value(), [*roles, *erasing, *forgetting]))


if __name__ == "__main__":
    main()
