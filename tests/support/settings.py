"""What a person may set for a test run."""

from enum import StrEnum

from pydantic_settings import BaseSettings, SettingsConfigDict


class ServerKind(StrEnum):
    """Where the tests' PostgreSQL and Kafka come from."""

    CONTAINERS = "containers"
    SANDBOX = "sandbox"


class RunSettings(BaseSettings):
    """THROUGHLINE_TEST_SERVERS=sandbox|containers forces the kind of servers."""

    model_config = SettingsConfigDict(env_prefix="THROUGHLINE_", frozen=True, extra="ignore")

    test_servers: ServerKind | None = None
