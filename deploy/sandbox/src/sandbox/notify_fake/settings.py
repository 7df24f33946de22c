"""What the fake is told."""

from pathlib import Path

from chassis.settings import ListeningSettings
from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from sandbox.places import PROJECT


class NotifySettings(ListeningSettings):
    """`api_key` has Notify's own form: name-serviceid-secret, both ids UUIDs. `clock_url` tells the business time."""

    model_config = SettingsConfigDict(env_prefix="NOTIFY_", frozen=True, extra="ignore")

    api_key: SecretStr
    clock_url: str | None = None
    templates_file: Path = PROJECT / "notify-templates.toml"
    port: int
