"""Now and every hour: forget agencies' messages whose time is up."""

import asyncio

from chassis.failures import is_transient
from chassis.logging import get_logger
from chassis.retrying import Attempt
from chassis.vault.errors import VaultRefused
from prometheus_client import CollectorRegistry, Counter

from intake.documents.expiry import ForgetDocuments

EVERY_SECONDS = 3600.0
_log = get_logger(__name__)


class Expiring:
    """A background task. Several processes may do it at once: forgotten twice is forgotten."""

    def __init__(self, forget: ForgetDocuments, *, registry: CollectorRegistry) -> None:
        self._forget = forget
        self._forgotten = Counter("intake_documents_forgotten", "Documents whose time was up", registry=registry)
        self._failures = Counter(
            "intake_expiry_failures", "Rounds that left documents past their time: page someone", registry=registry
        )

    async def run(self) -> None:
        """Forget until cancelled."""
        while True:
            await self.round()
            await asyncio.sleep(EVERY_SECONDS)

    async def round(self) -> bool:
        """Forget all whose time is up; false when some are left for the next round.

        A vault that refuses is no reason to close the gate: it is said and counted as one that does not answer is.
        """
        with Attempt(passes=_passes) as tried:
            while done := await self._forget.some():
                self._forgotten.inc(done)
        if tried.error is None:
            return True
        self._failures.inc()
        _log.error("Documents are kept past their time, until the next round", error=type(tried.error).__name__)
        return False


def _passes(error: Exception) -> bool:
    return is_transient(error) or isinstance(error, VaultRefused)
