"""Prometheus numbers of the timers of a process."""

from prometheus_client import CollectorRegistry, Counter, Gauge

from chassis.logging import get_logger
from chassis.timers.claim import Kept

_log = get_logger(__name__)


class TimerNumbers:
    """Counters say what happened here; the gauges how it stands, and only the instance that fires timers sets them."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.fired = Counter("timers_fired", "Timers handled", registry=registry)
        self.postponed = Counter("timers_postponed", "Failures of timers that have a next try", registry=registry)
        self.failed = Counter("timers_failed", "Timers that failed", registry=registry)
        self.failed_now = Gauge("timers_failed_now", "Timers that are failed now: page someone", registry=registry)
        self.unknown_kinds = Gauge(
            "timers_unknown_kinds", "Kinds of timers that wait for a release that knows them", registry=registry
        )

    def note_kept(self, kind: str, kept: Kept) -> None:
        """Timers of `kind` failed and have a next try."""
        self.postponed.inc(kept.kept)
        self.failed.inc(kept.failed)
        if kept.failed:
            _log.error("Timers failed; `stuck` lists them", kind=kind, count=kept.failed)

    def lead_ended(self) -> None:
        """Another instance says how it stands."""
        self.failed_now.set(0)
        self.unknown_kinds.set(0)
