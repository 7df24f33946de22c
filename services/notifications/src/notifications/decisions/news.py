"""News: one fact that concerns one victim, as journey said it last; it carries no content."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from contracts.ids import CaseId, EventId, NewsId, VictimId
from contracts.journey import Reach
from contracts.telling import TELLING, Tell


@dataclass(frozen=True, slots=True)
class News:
    """One item for one victim. `standing` is false when another fact has replaced this one.

    `tell` is how what it says is told: of a correction, what stands in it (`says_type`). `about_at` is when the thing
    begins that it is about. `known_at` is when it could first reach her, as far as we know: a promise that gathers
    gathers from then. `withdrawn`: it was about somebody else; or, where it has `moved`, she goes on under another id.
    `told_at`: when she was told it under another id.
    """

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
    known_at: datetime
    corrects: NewsId | None = None
    retracts: bool = False
    says_type: str | None = None
    about_at: datetime | None = None
    withdrawn: bool = False
    moved: bool = False
    told_at: datetime | None = None

    @property
    def thread(self) -> NewsId:
        """The original, which all that amends it names; its own where it amends nothing."""
        return self.corrects or self.news_id

    @property
    def order(self) -> tuple[bool, datetime, NewsId]:
        """Its place in its thread: the original first, then what amends it as it was recorded."""
        return self.corrects is not None, self.recorded_at, self.news_id

    @property
    def urgent(self) -> bool:
        """Whether what it says waits for no digest: of a correction, what stands in it."""
        telling = TELLING.get(self.says_type or self.event_type)
        return telling is not None and telling.urgent

    @property
    def holds(self) -> bool:
        """Whether it still takes the place of what it amends."""
        return not self.withdrawn and (self.standing or self.retracts)

    def said_again(self, said: Self) -> Self:
        """What is said last holds. It is gathered from when it may reach her, which may be now."""
        return replace(said, known_at=said.known_at if said._hers and not self._hers else self.known_at)

    @property
    def _hers(self) -> bool:
        return self.reach is Reach.VICTIM and self.standing and not self.withdrawn
