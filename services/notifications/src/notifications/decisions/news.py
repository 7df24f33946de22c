"""News: one fact that concerns one victim, as journey announced it; it carries no content."""

from dataclasses import dataclass
from datetime import datetime

from contracts.ids import CaseId, EventId, NewsId, VictimId
from contracts.journey import Reach
from contracts.telling import Tell


@dataclass(frozen=True, slots=True)
class News:
    """One item for one victim. `standing` is false when a later fact had already replaced this one."""

    news_id: NewsId
    victim: VictimId
    case: CaseId | None
    event_id: EventId
    event_source: str
    event_type: str
    tell: Tell
    occurred_at: datetime
    recorded_at: datetime
    backfill: bool
    reach: Reach
    standing: bool
    corrects: NewsId | None = None
    retracts: bool = False
