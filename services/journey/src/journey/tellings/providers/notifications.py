"""Tells the notifications service that a victim opened an item; idempotent on its side, retried by ours."""

from dataclasses import dataclass, field
from datetime import datetime

import httpx2
from chassis.open_transactions import refuse_within_transaction
from chassis.security.tokens import AccessTokens
from contracts.ids import NewsId, VictimId

from journey.errors import NotificationsAway, SightingRefused

NEVER = frozenset({404, 409, 422})


@dataclass(frozen=True, slots=True)
class HttpNotifications:
    """POST /victims/{id}/news-seen with our own service token."""

    client: httpx2.AsyncClient
    base_url: str
    tokens: AccessTokens

    async def news_seen(self, victim_id: VictimId, *, news_id: NewsId, seen_at: datetime) -> None:
        """Report it. Raises NotificationsAway for what may pass, SightingRefused for what never will."""
        try:
            answer = await self.client.post(
                f"{self.base_url.rstrip('/')}/victims/{victim_id}/news-seen",
                json={"news_id": news_id, "seen_at": seen_at.isoformat()},
                headers={"Authorization": f"Bearer {await self.tokens.token()}"},
            )
        except httpx2.HTTPError as error:
            raise NotificationsAway(f"notifications does not answer ({type(error).__name__})") from error
        if answer.status_code in NEVER:
            raise SightingRefused(f"notifications answered {answer.status_code}; look at both services' logs")
        if not answer.is_success:
            raise NotificationsAway(f"notifications answered {answer.status_code}")


@dataclass(slots=True)
class MemoryNotifications:
    """A fake that remembers what it was told; `away` makes it fail."""

    away: bool = False
    seen: list[tuple[VictimId, NewsId, datetime]] = field(default_factory=list)

    async def news_seen(self, victim_id: VictimId, *, news_id: NewsId, seen_at: datetime) -> None:
        """Remember it, unless away."""
        refuse_within_transaction()
        if self.away:
            raise NotificationsAway("notifications does not answer")
        self.seen.append((victim_id, news_id, seen_at))
