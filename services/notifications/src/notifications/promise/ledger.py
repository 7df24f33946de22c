"""What is remembered of contact promises."""

from dataclasses import dataclass
from typing import Protocol

from contracts.ids import VictimId

from notifications.promise.contact_promise import ContactPromise
from notifications.promise.terms import Terms
from notifications.transaction.ledger import Transaction


@dataclass(frozen=True, slots=True)
class PromiseInForce:
    """The latest agreement; `version` is its ETag."""

    version: int
    terms: Terms


class Promises(Protocol):
    """Contact promises."""

    async def in_force(self, victim: VictimId) -> PromiseInForce | None:
        """The terms as last agreed."""

    async def load(self, victim: VictimId) -> ContactPromise | None:
        """The aggregate, from its stream."""

    async def save(self, promise: ContactPromise, *, event_id: str) -> None:
        """Append its new event under this id and put its terms in force. Raises `PromiseHasMoved`."""


class Ledger(Transaction, Protocol):
    """A transaction, as far as it is about promises."""

    @property
    def promises(self) -> Promises: ...
