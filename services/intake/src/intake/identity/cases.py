"""Cases, victims and the links between them, as officers ask after them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.log.effects import Effect


@dataclass(frozen=True, slots=True)
class StandingLink:
    """A link that has not been revoked."""

    link_id: str
    victim_id: str
    case_id: str


class Cases(Protocol):
    """What officers decide about, looked up; and the write that revokes a link."""

    async def now(self) -> datetime: ...

    async def case(self, case_id: str) -> str | None:
        """The id under which a case is continued; None when there is no such case."""

    async def crime(self, case_id: str) -> str | None:
        """The id under which its crime is continued, as apart from the matter that it is a part of."""

    async def is_named(self, case_id: str) -> bool: ...

    async def knows_victim(self, victim_id: str) -> bool: ...

    async def link(self, link_id: str) -> StandingLink | None: ...

    def revoking(self, link_id: str, *, by: str) -> Effect: ...
