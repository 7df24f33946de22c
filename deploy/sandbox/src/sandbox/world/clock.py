"""The sandbox's business clock, over HTTP."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx2


@dataclass(frozen=True)
class ClockControl:
    """Reads and moves it; only forward."""

    url: str
    http: httpx2.AsyncClient

    async def now(self) -> datetime:
        """Aware, UTC."""
        return _moment(await self.http.get(f"{self.url}/clock"))

    async def advance_by(self, step: timedelta) -> datetime:
        return await self._advance({"by": step.total_seconds()})

    async def advance_to(self, moment: datetime) -> datetime:
        return await self._advance({"to": moment.isoformat()})

    async def _advance(self, wanted: dict[str, object]) -> datetime:
        return _moment(await self.http.post(f"{self.url}/clock/advance", json=wanted))


def _moment(answer: httpx2.Response) -> datetime:
    return datetime.fromisoformat(answer.raise_for_status().json()["now"])
