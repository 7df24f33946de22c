"""A transaction over all that notifications remembers."""

from collections.abc import Sequence
from typing import Protocol

from notifications.agreeing import ledger as agreeing
from notifications.hearing import ledger as hearing
from notifications.messages.ledger import Errand
from notifications.transaction import ledger as transaction


class Ledger(hearing.Ledger, agreeing.Ledger, Protocol):
    """All that any room needs of a transaction."""


class Ledgers(transaction.Ledgers[Ledger], Protocol):
    """Opens transactions, and leases messages to work on; one suite holds the real side and the fake to it."""

    async def take_errands(self, most: int) -> Sequence[Errand]:
        """Lease messages whose next step is due or whose earlier lease ran out, oldest first."""
