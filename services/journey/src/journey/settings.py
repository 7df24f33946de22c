"""Journey's settings; the only reader of the environment here."""

from chassis.settings import ServiceSettings
from pydantic import HttpUrl
from pydantic_settings import SettingsConfigDict


class JourneySettings(ServiceSettings):
    """What `python -m journey serve` needs: besides the usual, the base addresses of the other services.

    `exit_url` is the neutral page to which "Exit this page" leads.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_prefix="JOURNEY_")

    intake_url: HttpUrl
    notifications_url: HttpUrl
    witness_care_url: HttpUrl
    notifications_audience: str = "throughline-notifications"
    exit_url: HttpUrl = HttpUrl("https://www.bbc.co.uk/weather")
