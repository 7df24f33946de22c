"""Settings of intake: the only place where it reads the environment (prefix INTAKE_)."""

from pathlib import Path

from chassis.settings import DatabaseSettings, RelaySettings, ServiceSettings
from pydantic_settings import SettingsConfigDict

_PREFIX = SettingsConfigDict(env_prefix="INTAKE_", frozen=True, extra="ignore")


class MigrateSettings(DatabaseSettings):
    """What `migrate` needs."""

    model_config = _PREFIX


class IntakeRelaySettings(RelaySettings):
    """What `relay` needs: no vault, no keys."""

    model_config = _PREFIX


class IntakeSettings(ServiceSettings):
    """What `serve` and the importer need."""

    model_config = _PREFIX

    publishers_file: Path
    """TOML: `[clients.<client_id>]` with `sources` and `publishers`."""
    reports_per_hour: int = 20
    """Most reports from one address in an hour."""
    documents_kept_days: int = 365
    hearing_deletion_held_minutes: int = 45
