"""Settings of the one-shot process that sets the vault up; no service has them."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class VaultAdministrationSettings(BaseSettings):
    """`VAULT_OWNER_URL`, and `VAULT_ROLES` and `VAULT_ERASING_ROLES` as JSON: {"role": "password"}."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_prefix="VAULT_")

    owner_url: SecretStr
    roles: dict[str, SecretStr]
    erasing_roles: dict[str, SecretStr] = {}
