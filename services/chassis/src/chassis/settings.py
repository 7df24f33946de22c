"""Settings shared by every service; each service subclasses with its own `env_prefix`, and reads nothing else."""

from ipaddress import IPv4Network, IPv6Network
from typing import Annotated, ClassVar, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from chassis.environment import Settings, Wrong
from chassis.kafka_settings import KafkaSettings
from chassis.key_ring import KeyRing, RingMalformed


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        port_is_readable = parts.port is None or parts.port >= 0
    except ValueError as error:
        raise Wrong("it must be an address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_readable:
        raise Wrong("it must be an address that begins with https:// or http://")
    return value


def _keys(value: SecretStr) -> SecretStr:
    try:
        KeyRing.of(value.get_secret_value())
    except RingMalformed as error:
        raise Wrong(str(error)) from error
    return value


def _database_url(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith(("postgresql://", "postgres://")):
        raise Wrong("it must begin with postgresql://")
    return value


Address = Annotated[str, AfterValidator(_address)]
Keys = Annotated[SecretStr, AfterValidator(_keys)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database_url)]


class HealthSettings(Settings):
    """Where a process answers for its health and its numbers, off the port that it serves on.

    Unless a port is named, a service answers for them beside everything else, and a relay nowhere.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    health_host: str = "127.0.0.1"
    health_port: int | None = Field(default=None, ge=0, le=65535)


class DatabaseSettings(Settings):
    """What a migration needs."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    database_url: DatabaseUrl
    production: bool = True
    sandbox_clock: bool = False

    @model_validator(mode="after")
    def _production_has_no_movable_clock(self) -> Self:
        if self.production and self.sandbox_clock:
            raise Wrong("sandbox_clock is set while production is on: the clock may move only outside production")
        return self


class RelaySettings(HealthSettings, DatabaseSettings, KafkaSettings):
    """What a relay needs; there is no vault in it."""

    log_level: str = "INFO"
    otlp_endpoint: str | None = None


class ListeningSettings(HealthSettings):
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
            raise Wrong("name the proxies themselves: where everybody is believed, a client chooses its address")
        return proxies


class ServiceSettings(ListeningSettings, RelaySettings):
    """What a serving process needs. Keys are as `chassis.key_ring` reads them."""

    delegates: ClassVar[bool] = False
    """Does the service act at other services for the people who sign in to it?"""

    vault_url: DatabaseUrl
    vault_kek: Keys
    digest_key: Keys
    """What is said twice is recognised under each; one may leave when nobody tries again what it has digested."""

    issuer: Address
    issuer_inside: Address | None = None
    audience: str
    client_id: str
    client_secret: SecretStr
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_client_key: SecretStr | None = None
    """PEM of a private key on P-256: proves us instead of the secret, and signs what the sign-in is asked."""
    oidc_levels: str = ""
    """GOV.UK One Login's `vtr`, such as ["Cl.Cm"]."""

    public_url: Address = "http://127.0.0.1:8000"

    @property
    def digest_keys(self) -> KeyRing:
        """What digests are made and recognised under."""
        return KeyRing.of(self.digest_key.get_secret_value())

    @model_validator(mode="after")
    def _production_has_no_plain_http(self) -> Self:
        addresses = (self.issuer, self.issuer_inside or self.issuer, self.public_url)
        if self.production and not all(address.startswith("https://") for address in addresses):
            raise Wrong("issuer, issuer_inside and public_url must be https:// while production is on")
        return self
