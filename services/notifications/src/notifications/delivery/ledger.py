"""What delivery needs of a transaction."""

from collections.abc import Sequence
from typing import Protocol

from notifications.deciding import ledger as deciding
from notifications.keeping_in_touch import ledger as keeping_in_touch
from notifications.messages.ledger import Errand
from notifications.transaction import ledger as transaction


class Ledger(deciding.Ledger, keeping_in_touch.Ledger, Protocol):
    """What is decided anew before anything leaves, and what becomes of it."""


class Ledgers(transaction.Ledgers[Ledger], Protocol):
    """Opens transactions, and leases messages to work on."""

    async def take_errands(self, most: int) -> Sequence[Errand]:
        """Lease messages whose next step is due or whose earlier lease ran out, oldest first."""
