"""What the clock control is told."""

from chassis.settings import ListeningSettings
from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict


class ClockSettings(ListeningSettings):
    """`databases` maps each service's name to the DSN of its database (JSON)."""

    model_config = SettingsConfigDict(env_prefix="CLOCK_", frozen=True, extra="ignore")

    databases: dict[str, SecretStr]
    port: int
