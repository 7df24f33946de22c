"""Settings of notifications: the only place where it reads the environment (prefix NOTIFICATIONS_)."""

from typing import Self

from chassis.environment import Wrong
from chassis.settings import Address, ServiceSettings
from contracts.notifications import ChannelKind
from pydantic import SecretStr, model_validator
from pydantic_settings import SettingsConfigDict


class NotificationsSettings(ServiceSettings):
    """What `serve` needs. Messages leave through Notify when its key is set, else through SMTP (e-mail only)."""

    model_config = SettingsConfigDict(env_prefix="NOTIFICATIONS_", frozen=True, extra="ignore")

    journey_log_url: Address
    witness_care_log_url: Address

    home_page: Address
    """The bare address that stands in messages; it must not say what it is about."""

    notify_api_key: SecretStr | None = None
    notify_base_url: Address = "https://api.notifications.service.gov.uk"
    notify_email_template: str | None = None
    """Its subject is ((subject)), its body ((body))."""
    notify_sms_template: str | None = None
    """Its body is ((body))."""

    smtp_host: str | None = None
    smtp_port: int = 587
    smtp_sender: str = ""
    smtp_username: str | None = None
    smtp_password: SecretStr | None = None
    smtp_start_tls: bool | None = None

    @property
    def notify_templates(self) -> dict[ChannelKind, str]:
        """The templates that are set, by channel."""
        named = {ChannelKind.EMAIL: self.notify_email_template, ChannelKind.SMS: self.notify_sms_template}
        return {channel: template for channel, template in named.items() if template is not None}

    @model_validator(mode="after")
    def _somebody_carries_messages(self) -> Self:
        if self.notify_api_key is not None and not self.notify_templates:
            raise Wrong("notify_api_key is set without a template: set notify_email_template too")
        if self.notify_api_key is None and not (self.smtp_host and self.smtp_sender):
            raise Wrong("nobody carries messages: set notify_api_key, or smtp_host and smtp_sender")
        if self.production and self.notify_api_key is not None and not self.notify_base_url.startswith("https://"):
            raise Wrong("notify_base_url must be https:// while production is on")
        return self
