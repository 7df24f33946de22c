"""What the audit command needs: where the logs are and who asks for them."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

LOGS = ("intake", "journey", "notifications", "witness-care")


class AuditSettings(BaseSettings):
    """Environment names start with THROUGHLINE_AUDIT_. The addresses are the services' base addresses."""

    model_config = SettingsConfigDict(env_prefix="THROUGHLINE_AUDIT_", frozen=True, extra="ignore")

    issuer: str
    client_id: str
    client_secret: SecretStr
    intake_url: str
    journey_url: str
    notifications_url: str
    witness_care_url: str

    def addresses(self) -> dict[str, str]:
        """Base addresses by service."""
        addresses = (self.intake_url, self.journey_url, self.notifications_url, self.witness_care_url)
        return dict(zip(LOGS, addresses, strict=True))
