"""What docker compose's own variables say."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class ComposeSettings(BaseSettings):
    """`COMPOSE_PROFILES` is a list with commas, as docker compose reads it."""

    model_config = SettingsConfigDict(env_prefix="COMPOSE_", frozen=True, extra="ignore")

    profiles: str = ""

    @property
    def telemetry(self) -> bool:
        return "telemetry" in self.profiles.split(",")
