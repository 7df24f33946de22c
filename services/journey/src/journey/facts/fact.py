"""A fact as journey keeps it: the event's attributes and codes beside its sealed bytes.

Facts and their keys are structs, of which a projector makes one for every event: a frozen dataclass of so many members
takes eight times as long to make, and Python's collector of garbage walks it.
"""

from datetime import datetime
from enum import IntEnum
from functools import lru_cache
from uuid import UUID

import msgspec
from contracts.ids import CaseId, NewsId, VictimId

from journey.facts.concern import Accused
from journey.facts.naming_ids import id_of
from journey.facts.said import NOTHING_SAID, Said

NEWS = UUID("0c9f7f5e-3f0b-5d51-8f0e-0d9a7d9f2a61")
CORRECTED, RETRACTED = ".event-corrected.", ".event-retracted."


class Origin(IntEnum):
    """Which topic a fact came on; stored as a small number."""

    INTAKE = 1
    NOTIFICATIONS = 2
    WITNESS_CARE = 3


class EventKey(msgspec.Struct, frozen=True, gc=False):
    """What names an event everywhere: who said it, and its id there."""

    source: str
    id: str


class Fact(msgspec.Struct, frozen=True, gc=False):
    """One consumed event. `position` is its place in its owner's log; `body` the CloudEvent as it came.

    `thread` names what a later fact of the same kind replaces (one hearing's date); `original` the event that this one
    corrects or takes back; `doubt` why it is told to nobody yet. `traceparent` is known while it is being projected.
    Of a correction, `accused`, `thread` and `said` are those of its replacement.
    """

    origin: Origin
    position: int
    key: EventKey
    type: str
    case_id: CaseId | None
    victim_id: VictimId | None
    accused: Accused
    thread: str | None
    original: EventKey | None
    occurred_at: datetime
    recorded_at: datetime
    backfill: bool
    doubt: str | None
    body: bytes
    traceparent: str | None = None
    said: Said = NOTHING_SAID

    @property
    def says(self) -> str:
        """The type of what holds by it."""
        return self.said.says or self.type

    @property
    def retracts(self) -> bool:
        """Does it take an earlier fact back?"""
        return RETRACTED in self.type


@lru_cache(100_000)
def news_id_of(event: EventKey, victim_id: VictimId) -> NewsId:
    """The id of the news of this event for this victim: the same however often, and by whatever way, it arises."""
    return NewsId(id_of(NEWS, f"{event.source}\n{event.id}\n{victim_id}"))
