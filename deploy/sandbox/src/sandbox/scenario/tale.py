"""What the story has learned so far."""

from dataclasses import dataclass, field
from datetime import datetime

from sandbox.world import World


@dataclass
class Known:
    """Ids that the system gave, and moments to come back to; empty until the step that learns them."""

    report_reference: str = ""
    amira: str = ""
    ben: str = ""
    first_case: str = ""
    sitting: datetime | None = None
    before_the_verdict: datetime | None = None
    ordinary_messages: int = 0


@dataclass
class Tale:
    """A running system, and what is known of it."""

    world: World
    known: Known = field(default_factory=Known)
