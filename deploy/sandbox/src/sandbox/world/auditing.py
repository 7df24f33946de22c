"""What the `throughline audit` command needs to read the logs of a run."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from sandbox.world.world import Addresses

AUDITOR = "sandbox-auditor"


def audit_settings(known: Addresses, *, secret: str) -> Mapping[str, str]:
    """The command's environment."""
    settings = {
        "ISSUER": known.issuer,
        "CLIENT_ID": AUDITOR,
        "CLIENT_SECRET": secret,
        "INTAKE_URL": known.intake,
        "JOURNEY_URL": known.journey,
        "NOTIFICATIONS_URL": known.notifications,
        "WITNESS_CARE_URL": known.witness_care,
    }
    return {f"THROUGHLINE_AUDIT_{name}": value for name, value in settings.items()}


def keep_audit_settings(settings: Mapping[str, str], *, path: Path) -> None:
    """Writes them for a shell to read, for nobody but the one who runs the sandbox."""
    path.touch(mode=0o600)
    path.write_text("".join(f"export {name}={shlex.quote(value)}\n" for name, value in settings.items()))
