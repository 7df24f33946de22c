"""What agreeing needs of a transaction."""

from typing import Protocol

from notifications.access import ledger as access
from notifications.deciding import ledger as deciding
from notifications.keeping_in_touch import ledger as keeping_in_touch


class Ledger(deciding.Ledger, keeping_in_touch.Ledger, access.Ledger, Protocol):
    """What is decided anew under new terms."""
