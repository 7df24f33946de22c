"""A report by the public, as far as it names a case and a victim."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A report of one victim, for an officer to read; `contact` is what they typed, sealed with the victim's key."""

    reference: str
    received_at: datetime
    share_with_police: bool
    contact: bytes | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A report as it is kept; `contact` is sealed with the victim's key."""

    reference: str
    case_id: str
    victim_id: str
    share_with_police: bool
    contact: bytes | None
