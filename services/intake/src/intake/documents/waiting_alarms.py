"""Numbers to page somebody by: agencies' messages that no officer sees to."""

import asyncio
from typing import Final

from chassis.database import is_database_trouble
from chassis.retrying import Attempt
from prometheus_client import CollectorRegistry, Gauge

from intake.documents.waiting import Waiting, counted

LOOK_SECONDS: Final = 60.0


class WaitingAlarms:
    """Counts anew every minute, in each process."""

    def __init__(self, waiting: Waiting, *, registry: CollectorRegistry) -> None:
        self._book = waiting
        self._waiting = Gauge("intake_documents_waiting", "Documents that wait for an officer", registry=registry)
        self._too_long = Gauge(
            "intake_documents_waiting_too_long",
            "Documents that wait for an officer for over two working days: page someone",
            registry=registry,
        )

    async def watch(self) -> None:
        """Look for as long as the process lives."""
        while True:
            with Attempt(passes=is_database_trouble):
                await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Count once."""
        found = await counted(self._book)
        self._waiting.set(found.waiting)
        self._too_long.set(found.too_long)
