"""Settings of the officer's desk; the only reader of the environment."""

from typing import ClassVar

from chassis.settings import Address, ServiceSettings
from pydantic_settings import SettingsConfigDict


class WitnessCareSettings(ServiceSettings):
    """What serving needs; environment names start with WITNESS_CARE_. The addresses are the owners' base addresses."""

    model_config = SettingsConfigDict(env_prefix="WITNESS_CARE_", frozen=True, extra="ignore")

    delegates: ClassVar[bool] = True

    intake_url: Address
    journey_url: Address
    notifications_url: Address
