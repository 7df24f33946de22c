"""The sandbox's business time, for the mailbox."""

from datetime import datetime
from typing import Protocol

import httpx2
from chassis.clock import Clock


class BusinessTime(Protocol):
    async def now(self) -> datetime: ...


class ClockControl:
    """Asks the sandbox's clock."""

    def __init__(self, url: str, *, http: httpx2.AsyncClient) -> None:
        self._url = url
        self._http = http

    async def now(self) -> datetime:
        answer = await self._http.get(f"{self._url}/clock")
        return datetime.fromisoformat(answer.raise_for_status().json()["now"])


class RealTime:
    """Where there is no clock to ask."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def now(self) -> datetime:
        return self._clock.now()
