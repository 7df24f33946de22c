"""A provider in memory, for tests: it accepts, refuses, is away or loses answers as it is told to."""

from collections.abc import Callable
from dataclasses import dataclass, field

from chassis.open_transactions import refuse_within_transaction

from notifications.delivery.provider import (
    Absent,
    Accepted,
    CannotTell,
    Delivery,
    FindOutcome,
    Found,
    Outgoing,
    ProviderAway,
    SendOutcome,
)


@dataclass(slots=True)
class MemoryProvider:
    """What left is in `outbox`. `answers` are used up one per send, then everything is accepted.

    `before_answer` runs after the message is in the outbox: raise in it to crash between hand-over and record.
    """

    outbox: list[Outgoing] = field(default_factory=list)
    answers: list[SendOutcome] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    can_be_asked: bool = True
    away: bool = False
    before_answer: Callable[[], None] | None = None

    async def send(self, outgoing: Outgoing) -> SendOutcome:
        refuse_within_transaction()
        if self.answers and not isinstance(self.answers[0], Accepted):
            return self.answers.pop(0)
        self.outbox.append(outgoing)
        if self.before_answer is not None:
            self.before_answer()
        if self.answers:
            return self.answers.pop(0)
        return Accepted(f"id-of-{outgoing.reference}" if self.can_be_asked else None)

    async def find(self, reference: str) -> FindOutcome:
        self._be_there()
        if not self.can_be_asked:
            return CannotTell()
        known = any(outgoing.reference == reference for outgoing in self.outbox)
        return Found(f"id-of-{reference}") if known else Absent()

    async def delivery(self, provider_id: str) -> Delivery:  # noqa: ARG002 the port's shape
        self._be_there()
        return self.deliveries.pop(0) if self.deliveries else Delivery.DELIVERED

    def _be_there(self) -> None:
        refuse_within_transaction()
        if self.away:
            raise ProviderAway("the provider in memory was told to be away")
