"""Settings of intake: the only place where it reads the environment (prefix INTAKE_)."""

from pathlib import Path

from chassis.settings import ServiceSettings
from pydantic_settings import SettingsConfigDict


class IntakeSettings(ServiceSettings):
    """What `serve` and the importer need."""

    model_config = SettingsConfigDict(env_prefix="INTAKE_", frozen=True, extra="ignore")

    publishers_file: Path
    """TOML: `[clients.<client_id>]` with `sources` and `publishers`."""
    reports_per_hour: int = 20
    """Most reports from one address in an hour."""
    documents_kept_days: int = 365
    hearing_deletion_held_minutes: int = 45
