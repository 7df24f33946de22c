"""What the clock control is told."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ClockSettings(BaseSettings):
    """`databases` maps each service's name to the DSN of its database (JSON)."""

    model_config = SettingsConfigDict(env_prefix="CLOCK_", frozen=True, extra="ignore")

    databases: dict[str, SecretStr]
    host: str = "127.0.0.1"
    port: int
