"""What the victim came to know."""

from dataclasses import dataclass
from datetime import datetime

from contracts.ids import NewsId, VictimId
from contracts.shape import Shape

from contracts import notifications as said


@dataclass(frozen=True, slots=True)
class NewsSeen:
    """The victim opened this item, signed in."""

    victim: VictimId
    news: NewsId
    seen_at: datetime
    at: datetime

    def said(self) -> tuple[str, Shape]:
        return "notifications.news-seen.v1", said.NewsSeen(news_id=self.news, seen_at=self.seen_at)
