"""What an officer still has to do for a victim, and the order in which to do it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from witness_care.domain.reach import Reach


class DueKind(StrEnum):
    """Why something is on the list."""

    DUTY = "duty"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One line of the due list: tell this victim this, by then."""

    victim_id: str
    kind: DueKind
    key: str
    what: str
    news_ids: tuple[str, ...]
    duty_keys: tuple[str, ...]
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VictimDue:
    """One victim of an officer's caseload with what is due, soonest first; `reach` is None while nothing was agreed."""

    victim_id: str
    name: str
    contact_officer: str | None
    items: tuple[DueItem, ...]
    as_of: datetime
    reach: Reach | None = None

    @property
    def soonest(self) -> datetime | None:
        """When the first thing is due; None when the victim waits for nothing."""
        return self.items[0].due_at if self.items else None


def soonest_first(victims: list[VictimDue]) -> list[VictimDue]:
    """Overdue first, then by what is due next; victims who wait for nothing come last."""
    waiting = sorted((v for v in victims if v.soonest is not None), key=lambda v: (v.soonest, v.victim_id))
    return [*waiting, *sorted((v for v in victims if v.soonest is None), key=lambda v: v.victim_id)]
