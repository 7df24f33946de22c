"""Numbers to page somebody by: what is overdue and nobody sees to."""

import asyncio
from typing import Final

from chassis.database import is_database_trouble
from chassis.retrying import Attempt
from prometheus_client import CollectorRegistry, Gauge

from witness_care.due.neglect import Neglect

LOOK_SECONDS: Final = 15.0


class NeglectAlarms:
    """Counts anew every quarter of a minute, in each process."""

    def __init__(self, neglect: Neglect, *, registry: CollectorRegistry) -> None:
        self._neglect = neglect
        self._victims = Gauge(
            "desk_victims_overdue_with_nobody",
            "Victims with something overdue whom nobody answers to: page someone",
            registry=registry,
        )
        self._wishes = Gauge(
            "desk_wishes_overdue", "What victims asked for in reports, overdue: page someone", registry=registry
        )

    async def watch(self) -> None:
        """Look for as long as the process lives."""
        while True:
            with Attempt(passes=is_database_trouble):
                await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Count once."""
        overdue = await self._neglect.counted()
        self._victims.set(overdue.victims_with_nobody)
        self._wishes.set(overdue.wishes)
