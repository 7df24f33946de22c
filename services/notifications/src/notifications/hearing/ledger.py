"""What hearing needs of a transaction."""

from typing import Protocol

from notifications.access import ledger as access
from notifications.delivery import ledger as delivery


class Ledger(delivery.Ledger, access.Ledger, Protocol):
    """All that an event or a timer may touch."""
