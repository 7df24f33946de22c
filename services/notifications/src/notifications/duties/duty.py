"""A duty as far as notifications needs it: when to remind, and by when somebody must have told."""

from dataclasses import dataclass
from datetime import datetime

from contracts.ids import DutyKey, NewsId, VictimId
from contracts.journey import Reach


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty that journey opened. `news` is None when the duty is not met by telling one item of news.

    `reach` says whether she may be told it, or an officer has to find out first.
    """

    key: DutyKey
    victim: VictimId
    news: NewsId | None
    reminder_at: datetime
    due_at: datetime
    met: bool = False
    reach: Reach = Reach.VICTIM
