"""`python -m chassis.vault migrate|migrate-after|rewrap|forget-unwraps`: set the vault up and keep it, as its owner."""

import argparse
from collections.abc import Callable, Coroutine

from chassis.endings import ends_plainly
from chassis.key_ring import KeyRing
from chassis.logging import configure_logging, get_logger, log_the_end
from chassis.service import run_process
from chassis.steps import alone
from chassis.vault.administration import VaultRole, migrate_vault
from chassis.vault.rewrapping import rewrap
from chassis.vault.settings import VaultAdministrationSettings, VaultOwnerSettings, VaultRewrapSettings
from chassis.vault.unwraps import forget_unwraps

_log = get_logger(__name__)


def main() -> None:
    """Read the settings of one command and run it."""
    parser = argparse.ArgumentParser(prog="python -m chassis.vault", description=__doc__)
    parser.add_argument("command", choices=list(_COMMANDS))
    command = parser.parse_args().command
    configure_logging("vault")
    with ends_plainly(f"vault {command}", unforeseen=log_the_end):
        run_process(_COMMANDS[command]())


async def _migrate(*, with_after: bool = False) -> None:
    settings = VaultAdministrationSettings()
    roles = [VaultRole(name, password) for name, password in settings.roles.items()]
    erasing = [VaultRole(name, password, erases=True) for name, password in settings.erasing_roles.items()]
    forgetting = [
        VaultRole(name, password, forgets_documents=True) for name, password in settings.forgetting_roles.items()
    ]
    await migrate_vault(
        settings.owner_url.get_secret_value(),
        [*roles, *erasing, *forgetting],
        with_after=with_after,
        unwraps_kept=settings.unwraps_kept,
    )


async def _rewrap() -> None:
    settings = VaultRewrapSettings()
    async with alone(settings.owner_url.get_secret_value()) as connection:
        await rewrap(connection, KeyRing.of(settings.kek.get_secret_value()), say=_say)


def _say(done: int, of: int) -> None:
    _log.info("Keys were wrapped anew", count=done, limit=of)


async def _forget_unwraps() -> None:
    settings = VaultOwnerSettings()
    async with alone(settings.owner_url.get_secret_value()) as connection:
        _log.info("Old unwraps were forgotten", count=await forget_unwraps(connection, kept=settings.unwraps_kept))


_COMMANDS: dict[str, Callable[[], Coroutine[None, None, None]]] = {
    "migrate": _migrate,
    "migrate-after": lambda: _migrate(with_after=True),
    "rewrap": _rewrap,
    "forget-unwraps": _forget_unwraps,
}

if __name__ == "__main__":
    main()
