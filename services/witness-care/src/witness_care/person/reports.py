"""A victim's reports as intake answers an officer with them."""

from datetime import datetime

from pydantic import RootModel

from witness_care.elsewhere.answered import Answered
from witness_care.reach.london import spoken


class Report(Answered):
    """`contact` was typed by whoever reported, and nobody has confirmed it."""

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
