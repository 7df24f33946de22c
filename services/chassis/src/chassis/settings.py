"""Settings shared by every service; each service subclasses with its own `env_prefix`, and reads nothing else."""

from ipaddress import IPv4Network, IPv6Network
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class DatabaseSettings(BaseSettings):
    """What a migration needs."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    database_url: SecretStr
    production: bool = True
    sandbox_clock: bool = False

    @model_validator(mode="after")
    def _production_has_no_movable_clock(self) -> Self:
        if self.production and self.sandbox_clock:
            raise ValueError("sandbox_clock is set while production is on: the clock may move only outside production")
        return self


class RelaySettings(DatabaseSettings):
    """What a relay needs; there is no vault in it."""

    kafka_bootstrap: str
    kafka_replication: int = Field(default=1, ge=1)
    log_level: str = "INFO"
    otlp_endpoint: str | None = None


class ListeningSettings(BaseSettings):
    """Where a process listens, and who may tell it which client a request came from."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """Whose X-Forwarded-For is believed: addresses or networks of reverse proxies (JSON); nobody's unless named."""

    @field_validator("trusted_proxies")
    @classmethod
    def _not_everybody(cls, proxies: tuple[IPv4Network | IPv6Network, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
        if any(proxy.prefixlen == 0 for proxy in proxies):
            raise ValueError("name the proxies themselves: where everybody is believed, a client chooses its address")
        return proxies


class ServiceSettings(ListeningSettings, RelaySettings):
    """What a serving process needs. Keys are base64 of 32 bytes."""

    vault_url: SecretStr
    vault_kek: SecretStr
    digest_key: SecretStr

    issuer: str
    issuer_inside: str | None = None
    audience: str
    client_id: str
    client_secret: SecretStr
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")

    public_url: str = "http://127.0.0.1:8000"

    @model_validator(mode="after")
    def _production_has_no_plain_http(self) -> Self:
        addresses = (self.issuer, self.issuer_inside or self.issuer, self.public_url)
        if self.production and not all(address.startswith("https://") for address in addresses):
            raise ValueError("issuer, issuer_inside and public_url must be https:// while production is on")
        return self
