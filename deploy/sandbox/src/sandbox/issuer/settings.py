"""What the issuer is told."""

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from sandbox.places import PROJECT


class IssuerSettings(BaseSettings):
    """`url` is the issuer's name, and where all reach it. `client_secrets` maps clients to secrets (JSON)."""

    model_config = SettingsConfigDict(env_prefix="ISSUER_", frozen=True, extra="ignore")

    url: str
    host: str = "127.0.0.1"
    port: int
    personas_file: Path = PROJECT / "personas.toml"
    clients_file: Path = PROJECT / "clients.toml"
    client_secrets: dict[str, SecretStr]
