"""What a service listens to: a topic, who handles it, and where its owner keeps the truth."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Protocol

from contracts.catalogue import EVENT_TYPES
from contracts.upcasting import UPCASTERS

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection

_READABLE = frozenset(EVENT_TYPES) | frozenset(UPCASTERS)


class Handler(Protocol):
    """Applies events to the service's own tables.

    Called inside the transaction that also moves the offset, in the owner's log order within the batch. It may be
    called again for the same events after a rollback, so all its effects go through `connection`; it sends nothing.
    Raises PermanentFailure for an event that can never be applied (that event's key is parked) and TransientFailure
    for what may pass (the batch is tried again). Any other error of ours counts as permanent.
    """

    async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
        """Apply one batch."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One topic of one consumer. An event whose type is not in `known` is parked, never skipped."""

    topic: str
    handler: Handler
    owner_log_url: str
    known: Container[str] = _READABLE
