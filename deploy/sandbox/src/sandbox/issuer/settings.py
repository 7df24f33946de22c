"""What the issuer is told."""

from pathlib import Path

from chassis.settings import ListeningSettings
from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from sandbox.places import PROJECT


class IssuerSettings(ListeningSettings):
    """`url` is the issuer's name, and where all reach it. `client_secrets` maps clients to secrets (JSON)."""

    model_config = SettingsConfigDict(env_prefix="ISSUER_", frozen=True, extra="ignore")

    url: str
    port: int
    personas_file: Path = PROJECT / "personas.toml"
    clients_file: Path = PROJECT / "clients.toml"
    client_secrets: dict[str, SecretStr]
