"""What officers, auditors and operators may ask about decisions; read-only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from contracts.ids import VictimId

from notifications.decisions.decision_record import DecisionRecord, Reconciliation


@dataclass(frozen=True, slots=True)
class Change:
    """One revision of a decision, as it was at `at`."""

    revision: int
    verdict: str
    why: str | None
    until: datetime | None
    notified_at: datetime | None
    told_at: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Reached:
    """A victim who was notified of, or told, one event's news."""

    victim: VictimId
    notified_at: datetime | None
    told_at: datetime | None


class Reports(Protocol):
    """Answers from what is stored."""

    async def decisions(self, victim: VictimId) -> Sequence[tuple[DecisionRecord, Sequence[Change]]]:
        """All decisions about this victim with their history, newest news first."""

    async def reached(self, *, event_source: str, event_id: str) -> Sequence[Reached]:
        """Everyone whom this event's news reached: whoever must be reached again when it was wrong."""

    async def reconcile(self) -> Reconciliation:
        """News that arrived against decisions made; they must be equal (trap N7)."""

    async def stuck(self) -> int:
        """Messages claimed or handed over longer than a provider's whole schedule ago, without an outcome."""
