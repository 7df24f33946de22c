"""Settings of the one-shot process that sets the vault up; no service has them."""

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from chassis.settings import Settings


class VaultAdministrationSettings(Settings):
    """`VAULT_OWNER_URL`, and as JSON of {"role": "password"} who may what.

    Every role seals and opens, and so `VAULT_ROLES` are those that do nothing else. `VAULT_ERASING_ROLES` erase any
    subject, `VAULT_FORGETTING_ROLES` documents alone.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_prefix="VAULT_")

    owner_url: SecretStr
    roles: dict[str, SecretStr]
    erasing_roles: dict[str, SecretStr] = Field(default={})
    forgetting_roles: dict[str, SecretStr] = Field(default={})
