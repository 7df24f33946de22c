"""A report by the public, as far as it names a case and a victim."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opened:
    """A report as it is kept; `contact` is sealed with the victim's key."""

    reference: str
    case_id: str
    victim_id: str
    share_with_police: bool
    contact: bytes | None
