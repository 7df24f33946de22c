"""What waits for an officer, and what has waited for too long."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from chassis.working_days import england_and_wales

WORKING_DAYS: Final = 2
"""So long may a message wait for an officer: what it says reaches nobody meanwhile."""


class Waiting(Protocol):
    """Since when each message waits that no officer has decided about or looked at."""

    async def now(self) -> datetime: ...

    async def waiting_since(self) -> list[datetime]: ...


@dataclass(frozen=True, slots=True)
class Counted:
    """How many wait, and how many of them for longer than they may."""

    waiting: int
    too_long: int


async def counted(waiting: Waiting) -> Counted:
    """As it is now. Too long is after offices close on the second working day after that on which it came."""
    now, since = await waiting.now(), await waiting.waiting_since()
    ends = (england_and_wales().end_of_work_after(came, working_days=WORKING_DAYS) for came in since)
    return Counted(len(since), sum(end < now for end in ends))
