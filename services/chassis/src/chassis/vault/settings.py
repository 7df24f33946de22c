"""Settings of the one-shot processes that set the vault up and change its keys; no service has them."""

from datetime import timedelta

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from chassis.environment import Settings
from chassis.settings import DatabaseUrl, Keys
from chassis.vault.unwraps import UNWRAPS_KEPT


class VaultOwnerSettings(Settings):
    """`VAULT_OWNER_URL`, and for how many days it is kept who unwrapped what: `VAULT_UNWRAPS_KEPT_DAYS`."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_prefix="VAULT_")

    owner_url: DatabaseUrl
    unwraps_kept_days: int = Field(default=UNWRAPS_KEPT.days, ge=1)

    @property
    def unwraps_kept(self) -> timedelta:
        return timedelta(days=self.unwraps_kept_days)


class VaultRewrapSettings(VaultOwnerSettings):
    """`VAULT_KEK`, as every service is told it: `chassis.key_ring`."""

    kek: Keys


class VaultAdministrationSettings(VaultOwnerSettings):
    """As JSON of {"role": "password"} who may what.

    Every role seals and opens, and so `VAULT_ROLES` are those that do nothing else. `VAULT_ERASING_ROLES` erase any
    subject, `VAULT_FORGETTING_ROLES` documents alone.
    """

    roles: dict[str, SecretStr]
    erasing_roles: dict[str, SecretStr] = Field(default={})
    forgetting_roles: dict[str, SecretStr] = Field(default={})
