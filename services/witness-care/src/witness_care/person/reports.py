"""A victim's reports as intake answers an officer with them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, RootModel

from witness_care.reach.london import spoken


class Report(BaseModel):
    """`contact` was typed by whoever reported, and nobody has confirmed it."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    reference: str
    received_at: datetime
    share_with_police: bool
    contact: str | None

    @property
    def said(self) -> str:
        """In an officer's words."""
        shared = "may be passed to the police" if self.share_with_police else "not to be passed to the police"
        contact = f"They asked to be reached so: {self.contact}" if self.contact else "They left no way to reach them"
        return f"Report {self.reference}, {spoken(self.received_at)}, {shared}. {contact}."


class Reports(RootModel[tuple[Report, ...]]):
    """Newest first."""
