"""How often each type came that is nobody's business here."""

from prometheus_client import CollectorRegistry, Counter


class NotOurs:
    """A number for each type, on `/metrics`; nothing of such a message is kept."""

    def __init__(self, *, registry: CollectorRegistry) -> None:
        self._counter = Counter(
            "intake_domain_events_not_ours", "Domain events that are no victim's business", ["type"], registry=registry
        )

    def __call__(self, event_type: str) -> None:
        self._counter.labels(event_type).inc()
