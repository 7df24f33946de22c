"""What is owed to one victim because of one fact, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from contracts.duty import Duty, Kind
from contracts.ids import CaseId, DutyKey, NewsId, VictimId

from journey.duties.deadline import Deadline
from journey.facts.concern import Reach
from journey.facts.fact import EventKey
from journey.facts.naming_ids import id_of

DUTIES = UUID("6d0a6f0e-6a3c-5f38-9d8a-3d5be1f6a8c4")


class DutyState(StrEnum):
    """Where a duty stands. Superseded: a later fact replaced its trigger. Exempt: the victim did not want it."""

    OPEN = "open"
    MET = "met"
    SUPERSEDED = "superseded"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class Ending:
    """How and when a duty came to be owed no longer: seen, contact, or by an event."""

    state: DutyState
    met_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OwedDuty:
    """One duty towards one victim. With the reach of an officer it is owed all the same, and waits for the officer."""

    key: DutyKey
    duty: Duty
    victim_id: VictimId
    case_id: CaseId | None
    trigger: EventKey
    trigger_type: str
    news_id: NewsId
    subject: str
    deadline: Deadline
    reach: Reach
    ending: Ending | None = None

    @property
    def state(self) -> DutyState:
        """Where it stands."""
        return DutyState.OPEN if self.ending is None else self.ending.state

    @property
    def by_telling(self) -> bool:
        """Is it met by telling the victim, rather than by something that is done?"""
        return not self.duty.met_by and self.duty.kind is Kind.DUTY


@lru_cache(100_000)
def duty_key_of(victim_id: VictimId, trigger: EventKey, duty_id: str) -> DutyKey:
    """The key of a duty: the same for the same victim, trigger and duty, however often it is computed."""
    return DutyKey(id_of(DUTIES, f"{victim_id}\n{trigger.source}\n{trigger.id}\n{duty_id}"))
