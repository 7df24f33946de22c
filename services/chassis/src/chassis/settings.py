"""Settings shared by every service; each service subclasses with its own `env_prefix`, and reads nothing else."""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network
from typing import Annotated, Any, ClassVar, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from chassis.errors import PermanentFailure
from chassis.key_ring import KeyRing, RingMalformed


class SettingsWrong(PermanentFailure):
    """Settings are missing or cannot be read; each is named by its variable, no value is repeated."""


class Settings(BaseSettings):
    """Settings from the environment. Raises SettingsWrong, which names each variable to correct."""

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            prefix = values.get("_env_prefix") or self.model_config.get("env_prefix", "")
            raise SettingsWrong(" ".join(_complaint(prefix, one) for one in error.errors())) from None
        except SettingsError as error:
            raise SettingsWrong(_unread(self.model_config.get("env_prefix", ""), error)) from None


def _complaint(prefix: str, error: ErrorDetails) -> str:
    if not error["loc"]:
        return f"The settings {prefix}... contradict each other: {_own_words(error)}."
    name = f"{prefix}{error['loc'][0]}".upper()
    if error["type"] == "missing":
        return f"Set {name}."
    return f"Correct {name}: {_own_words(error)}."


def _own_words(error: ErrorDetails) -> str:
    """Ours are in the error itself; a library's may quote, so they are replaced by their kind."""
    context: Mapping[str, object] = error.get("ctx", {})
    said = context.get("error")
    return str(said) if error["type"] == "value_error" and isinstance(said, Wrong) else error["type"].replace("_", " ")


def _unread(prefix: str, error: SettingsError) -> str:
    quoted = str(error).split('"')
    name = quoted[1] if len(quoted) > 1 else ""
    return f"Correct {f'{prefix}{name}'.upper()}: it must be JSON."


class Wrong(ValueError):
    """Why a setting is refused, in words that repeat no value."""


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


class RelaySettings(HealthSettings, DatabaseSettings):
    """What a relay needs; there is no vault in it."""

    kafka_bootstrap: str
    kafka_replication: int = Field(default=1, ge=1)
    kafka_min_insync: int = Field(default=1, ge=1)
    """How many replicas must have an event before it counts as published; for the topic when it is made."""
    log_level: str = "INFO"
    otlp_endpoint: str | None = None

    @model_validator(mode="after")
    def _no_more_in_sync_than_there_are(self) -> Self:
        if self.kafka_min_insync > self.kafka_replication:
            raise Wrong("kafka_min_insync is more than kafka_replication: nothing could ever be published")
        return self


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

    @model_validator(mode="after")
    def _production_has_no_plain_http(self) -> Self:
        addresses = (self.issuer, self.issuer_inside or self.issuer, self.public_url)
        if self.production and not all(address.startswith("https://") for address in addresses):
            raise Wrong("issuer, issuer_inside and public_url must be https:// while production is on")
        return self
