"""Once a minute: does every item of news have its decision, and is no message stuck? Shown as numbers, and said."""

import asyncio

from chassis.logging import get_logger
from chassis.retrying import Attempt
from prometheus_client import CollectorRegistry, Gauge

from notifications.reports.reports import Reports

EVERY_SECONDS = 60.0
_log = get_logger(__name__)


class Reconciler:
    """A background task."""

    def __init__(self, reports: Reports, *, registry: CollectorRegistry) -> None:
        self._reports = reports
        self._arrived = Gauge("notifications_news_arrived", "Items of news that came", registry=registry)
        self._decided = Gauge("notifications_news_decided", "Decisions about them: must be equal", registry=registry)
        self._stuck = Gauge("notifications_messages_stuck", "Messages without outcome: page someone", registry=registry)

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            with Attempt() as tried:
                await self.look()
            if tried.error is not None:
                _log.warning("Decisions could not be reconciled", error=type(tried.error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def look(self) -> bool:
        """Reconcile once; true when all is well."""
        found, stuck = await self._reports.reconcile(), await self._reports.stuck()
        self._arrived.set(found.arrived)
        self._decided.set(found.decided)
        self._stuck.set(stuck)
        for news in found.missing:
            _log.error("News has no decision", news_id=news)
        if stuck:
            _log.error("Messages have no outcome", count=stuck)
        return found.arrived == found.decided and not found.missing and not stuck
