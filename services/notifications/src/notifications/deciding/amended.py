"""What a correction or retraction amends: one item of news, and whatever amended it before."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.telling import Tell

from notifications.decisions.decision_record import DecisionRecord, Fate


@dataclass(frozen=True, slots=True)
class Amended:
    """The original's record and those of its earlier amendments, which all name the original."""

    original: DecisionRecord
    earlier: Sequence[DecisionRecord] = ()

    @property
    def records(self) -> Sequence[DecisionRecord]:
        """All of them, the original first."""
        return (self.original, *self.earlier)

    @property
    def fate(self) -> Fate:
        """Reached when any of them was: who never had the original may have been told its correction."""
        if any(record.fate is Fate.REACHED for record in self.records):
            return Fate.REACHED
        return self.original.fate

    @property
    def tell(self) -> Tell:
        """How the original is told; its amendments are told the same way."""
        return self.original.news.tell
