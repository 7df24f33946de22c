"""What was promised and not kept."""

from dataclasses import dataclass
from datetime import datetime

from contracts.ids import VictimId
from contracts.shape import Shape

from contracts import notifications as said
from notifications.keeping_in_touch.promised_silence import Breach


@dataclass(frozen=True, slots=True)
class SilenceBroken:
    """The victim heard nothing for longer than was promised."""

    victim: VictimId
    breach: Breach
    at: datetime

    def said(self) -> tuple[str, Shape]:
        return "notifications.promise-breached.v1", said.PromiseBreached(
            kind=said.PromiseKind.SILENCE, since=self.breach.since, due_at=self.breach.due_at
        )
