"""What is different in what is owed to a victim from what was last said of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from contracts.duty import Kind
from contracts.ids import CaseId, DutyKey, VictimId

from journey.duties.duty import DutyState, Ending, OwedDuty
from journey.facts.concern import Reach


@dataclass(frozen=True, slots=True)
class KeptDuty:
    """A duty as it was last said; `revision` counts how often anything was said of it. A leg is kept and not said."""

    key: DutyKey
    victim_id: VictimId
    case_id: CaseId | None
    subject: str
    due_at: datetime
    reminder_at: datetime
    reach: Reach
    ending: Ending | None
    leg: bool = False
    revision: int = 1


@dataclass(frozen=True, slots=True)
class DutyChange:
    """A duty to keep as it is now. `opened`: nobody had heard of it; `restated`: it is owed otherwise than was said."""

    duty: OwedDuty
    revision: int
    opened: bool
    restated: bool
    ended: bool

    @property
    def leg(self) -> bool:
        """Is it owed by one agency to another? Then it is kept, and announced to nobody."""
        return self.duty.duty.kind is Kind.UPSTREAM_LEG


def difference_of_duties(
    now: Iterable[OwedDuty], *, kept: Iterable[KeptDuty]
) -> tuple[list[DutyChange], list[KeptDuty]]:
    """What to keep and say, so that what was said last is what is so now; and what is owed no more at all."""
    before = {one.key: one for one in kept}
    current = {duty.key: duty for duty in now}
    changes = [change for duty in current.values() if (change := _change(duty, before)) is not None]
    gone = [one for key, one in before.items() if key not in current and not _let_go(one)]
    return changes, gone


def _change(duty: OwedDuty, before: Mapping[DutyKey, KeptDuty]) -> DutyChange | None:
    kept = before.get(duty.key)
    if kept is None:
        return DutyChange(duty, 1, opened=True, restated=False, ended=duty.ending is not None)
    deadline = duty.deadline
    same = (kept.subject, kept.due_at, kept.reminder_at, kept.reach) == (
        duty.subject,
        deadline.due_at,
        deadline.reminder_at,
        duty.reach,
    )
    if same and kept.ending == duty.ending:
        return None
    reopened = kept.ending is not None and duty.ending is None
    restated = reopened or (not same and duty.ending is None)
    ended = duty.ending is not None and kept.ending != duty.ending
    return DutyChange(duty, kept.revision + 1, opened=False, restated=restated, ended=ended)


def _let_go(kept: KeptDuty) -> bool:
    return kept.ending is not None and kept.ending.state is DutyState.SUPERSEDED
