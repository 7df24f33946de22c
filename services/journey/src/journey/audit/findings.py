"""What an audit found out about the logs and their consumers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chassis.errors import ThroughlineError

from journey.audit.consumers import Consumed
from journey.audit.evidence import Claim


@dataclass(slots=True)
class Verified:
    """What was found out about one log. `position` and `hash` are of the last verified record; `read`: to the end?"""

    log: str
    hash: bytes
    position: int = 0
    numbers: dict[int, int] = field(default_factory=dict)
    found: list[Claim] = field(default_factory=list)
    unchecked: list[Claim] = field(default_factory=list)
    errors: list[ThroughlineError] = field(default_factory=list)
    read: bool = False

    @property
    def whole(self) -> bool:
        """Was every record read, and is all there that was spoken of?"""
        return not self.errors


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found out about all logs, and how far their consumers say that they are."""

    logs: Sequence[Verified]
    consumers: Sequence[Consumed]
    not_asked: Mapping[str, ThroughlineError]

    @property
    def errors(self) -> list[ThroughlineError]:
        """Everything that was found to be wrong or could not be asked."""
        return [error for one in self.logs for error in one.errors] + list(self.not_asked.values())
