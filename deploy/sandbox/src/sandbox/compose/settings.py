"""What docker compose's own variables say."""

from chassis.environment import Settings
from pydantic_settings import SettingsConfigDict


class ComposeSettings(Settings):
    """`COMPOSE_PROFILES` is a list with commas, as docker compose reads it."""

    model_config = SettingsConfigDict(env_prefix="COMPOSE_", frozen=True, extra="ignore")

    profiles: str = ""

    @property
    def telemetry(self) -> bool:
        return "telemetry" in self.profiles.split(",")
