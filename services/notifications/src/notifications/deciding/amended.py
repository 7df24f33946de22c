"""What a correction or retraction amends: one item of news, and whatever amended it before."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.telling import Tell

from notifications.decisions.decision_record import DecisionRecord, Fate


@dataclass(frozen=True, slots=True)
class Amended:
    """The records of what came before it in its thread, the original first: at least one."""

    records: Sequence[DecisionRecord]

    @property
    def fate(self) -> Fate:
        """Reached when any of them was: who never had the original may have been told its correction."""
        if any(record.fate is Fate.REACHED for record in self.records):
            return Fate.REACHED
        return self.records[0].fate

    @property
    def tell(self) -> Tell:
        """How the original is told; its amendments are told the same way, unless they say something else."""
        return self.records[0].news.tell

    @property
    def urgent(self) -> bool:
        """Whether the original waits for no digest."""
        return self.records[0].news.urgent
