"""Journey's settings; the only reader of the environment here."""

from chassis.settings import DatabaseSettings, RelaySettings, ServiceSettings
from pydantic import HttpUrl
from pydantic_settings import SettingsConfigDict

PREFIX = SettingsConfigDict(frozen=True, extra="ignore", env_prefix="JOURNEY_")


class JourneyDatabaseSettings(DatabaseSettings):
    """What `python -m journey migrate` needs."""

    model_config = PREFIX


class JourneyRelaySettings(RelaySettings):
    """What `python -m journey relay` needs."""

    model_config = PREFIX


class JourneySettings(ServiceSettings):
    """What `python -m journey serve` needs.

    The `..._log_url`s are the base addresses of the services that own the topics; notifications takes sightings there
    too. `exit_url` is the neutral page to which "Exit this page" leads.
    """

    model_config = PREFIX

    intake_log_url: HttpUrl
    notifications_log_url: HttpUrl
    witness_care_log_url: HttpUrl
    intake_audience: str = "throughline-intake"
    notifications_audience: str = "throughline-notifications"
    witness_care_audience: str = "throughline-witness-care"
    exit_url: HttpUrl = HttpUrl("https://www.bbc.co.uk/weather")
