"""One transaction over what notifications remembers, as far as all of its rooms need it.

Whoever decides about a victim locks that victim first, then the message it is about, then timers, and the log's head
last; so a change of the promise, a fired timer, a recorded contact and a hand-over follow one another and never
interleave. What else a room needs of a transaction it says itself, in a `ledger.py` of its own: its own tables' part,
and those of the rooms below. The room `ledger` has the real side of all.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from chassis.database import Connection
from contracts.ids import VictimId

from notifications.transaction.fact import Fact

Of = TypeVar("Of", covariant=True)


class Alarm(StrEnum):
    """The kinds of durable timer."""

    TELL = "tell"
    """Key: victim. Something is due to be decided anew."""
    NOTHING_CHANGED = "nothing-changed"
    """Key: victim. The promised interval since they were last told has passed."""
    DUTY_REMINDER = "duty-reminder"
    """Key: duty."""
    MESSAGE_STEP = "message-step"
    """Key: message. A retry, a recovery or a question about delivery."""


class Alarms(Protocol):
    """Durable timers by business time; setting one again moves it."""

    async def set(self, alarm: Alarm, key: str, due_at: datetime) -> None: ...

    async def cancel(self, alarm: Alarm, key: str) -> None: ...


class Transaction(Protocol):
    """One transaction."""

    @property
    def alarms(self) -> Alarms: ...

    async def now(self) -> datetime:
        """Business time of this transaction."""

    async def lock(self, victims: Sequence[VictimId]) -> None:
        """Wait for, then keep, the sole right to decide about these victims until the transaction ends."""

    def record(self, fact: Fact) -> None:
        """Append this to the log when the transaction ends."""

    def new_id(self) -> str:
        """A new UUIDv7."""


class Ledgers(Protocol[Of]):
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[Of]:
        """A transaction that commits at the end of the block and leaves nothing behind when the block raises."""

    def on(self, connection: Connection) -> AbstractAsyncContextManager[Of]:
        """The ledger of a transaction that a consumer or a timer opened; it is complete when the block ends."""
