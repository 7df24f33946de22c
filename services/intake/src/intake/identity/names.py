"""What a request names, looked up all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from intake.identity.directory import Directory
from intake.identity.naming import Mention


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is known about the names of one request, at this business time."""

    directory: Directory
    now: datetime


class Names(Protocol):
    """Looks up references, victim numbers, reports and links, all of a request at once."""

    async def resolve(self, mentions: Sequence[Mention]) -> Resolved: ...

    async def recorded(self, events: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        """Which of these (source, id) the log has already."""
