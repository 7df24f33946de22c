"""The port to everything notifications remembers: one transaction, split by what it is about.

Whoever decides about a victim locks that victim first; so a change of the promise, a fired timer, a recorded contact
and a hand-over follow one another and never interleave.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from chassis.database import Connection
from contracts.ids import ContactId, DutyKey, MessageId, NewsId, VictimId

from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.news import News
from notifications.decisions.verdicts import WhyNot
from notifications.duties.duty import Duty
from notifications.messages.message import Message
from notifications.officer_contacts.calendar import OfficerCalendar
from notifications.promise.contact_promise import ContactPromise
from notifications.promise.terms import Terms
from notifications.transaction.facts import Fact


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


class Decisions(Protocol):
    """News and what was decided about it."""

    async def arrive(self, news: News) -> bool:
        """Note that this news came; False when it had come before."""

    async def widen(self, news: News) -> bool:
        """Known news may reach the victim herself now; False when it could before."""

    async def of(self, news: NewsId) -> DecisionRecord | None:
        """The decision about this news."""

    async def amendments_of(self, news: NewsId, *, victim: VictimId) -> Sequence[DecisionRecord]:
        """The decisions about this victim's news that corrects or retracts this one, oldest first."""

    async def owed(self, victim: VictimId) -> Sequence[DecisionRecord]:
        """Decisions about news that is owed and not yet told, oldest first."""

    async def keep(self, record: DecisionRecord) -> None:
        """Store the record and, when it is a new revision, its place in the history."""


class Messages(Protocol):
    """Messages, and whose turn it is to work on them."""

    async def held(self, errand: "Errand") -> Message | None:
        """The message, locked; None when the errand is no longer ours (its lease ran out and another has it)."""

    async def of(self, message_id: MessageId) -> Message | None:
        """The message."""

    async def keep(self, message: Message) -> None:
        """Store it. A new message is due for its first step at once."""

    async def release(self, message_id: MessageId) -> None:
        """Give the lease back; nothing is due until somebody rings."""

    async def ring(self, message_ids: Sequence[MessageId]) -> None:
        """Make the next step of these messages due now."""


class Duties(Protocol):
    """Duties that journey opened."""

    async def open(self, duty: Duty) -> None: ...

    async def meet(self, key: DutyKey) -> None: ...

    async def of(self, key: DutyKey) -> Duty | None: ...

    async def unmet_about(self, news: Sequence[NewsId]) -> Sequence[Duty]: ...


@dataclass(frozen=True, slots=True)
class Telling:
    """When and how the victim came to know."""

    at: datetime
    how: WhyNot


class Tellings(Protocol):
    """What the victim has been told; kept also for news that has not reached us yet, as topics are not in step."""

    async def note(self, victim: VictimId, news: NewsId, telling: Telling) -> bool:
        """Note it; False when told in this way before."""

    async def of(self, victim: VictimId, news: NewsId) -> Telling | None: ...

    async def told(self, victim: VictimId, at: datetime) -> None:
        """Somebody told the victim something at this time."""

    async def last(self, victim: VictimId) -> datetime | None:
        """When the victim was last told anything."""


class Contacts(Protocol):
    """Contacts asked of officers."""

    async def not_yet_asked(self, victim: VictimId, news: Sequence[NewsId]) -> Sequence[NewsId]: ...

    async def ask(self, contact: ContactId, victim: VictimId, news: Sequence[NewsId]) -> None: ...


class Victims(Protocol):
    """Whom we have heard of: any event about a victim proves that there is one, so that a mistyped id is found out."""

    async def note(self, victims: Sequence[VictimId]) -> None:
        """An event about each of these came."""

    async def knows(self, victim: VictimId) -> bool: ...


class Grants(Protocol):
    """Who may see and change whose promise."""

    async def grant(self, subject: str, victim: VictimId) -> None: ...

    async def revoke(self, subject: str, victim: VictimId) -> None: ...

    async def holds(self, subject: str, victim: VictimId) -> bool: ...


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


class Ledger(Protocol):
    """One transaction."""

    @property
    def promises(self) -> Promises: ...
    @property
    def decisions(self) -> Decisions: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def duties(self) -> Duties: ...
    @property
    def tellings(self) -> Tellings: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def victims(self) -> Victims: ...
    @property
    def grants(self) -> Grants: ...
    @property
    def alarms(self) -> Alarms: ...
    @property
    def calendar(self) -> OfficerCalendar: ...

    async def now(self) -> datetime:
        """Business time of this transaction."""

    async def lock(self, victims: Sequence[VictimId]) -> None:
        """Wait for, then keep, the sole right to decide about these victims until the transaction ends."""

    def record(self, fact: Fact) -> None:
        """Append this to the log when the transaction ends."""

    def new_id(self) -> str:
        """A new UUIDv7."""


@dataclass(frozen=True, slots=True)
class Errand:
    """The right to work on one message, until the lease ends."""

    message_id: MessageId
    token: str


class Ledgers(Protocol):
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[Ledger]:
        """A transaction that commits at the end of the block and leaves nothing behind when the block raises."""

    def on(self, connection: Connection) -> AbstractAsyncContextManager[Ledger]:
        """The ledger of a transaction that a consumer or a timer opened; it is complete when the block ends."""

    async def take_errands(self, most: int) -> Sequence[Errand]:
        """Lease messages whose next step is due or whose earlier lease ran out, oldest first."""
