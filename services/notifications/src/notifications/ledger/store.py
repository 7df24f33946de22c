"""The ledger in PostgreSQL: one transaction, whose events are appended to the log at its end."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import Clock, business_now
from chassis.database import Connection, Pool
from chassis.log.appender import append_within
from chassis.vault.composing import EventComposer
from chassis.working_days import WorkingCalendar
from contracts.ids import VictimId

from notifications.access.store import PostgresGrants, PostgresVictims
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.published_decisions import DecisionChanged, internal_event
from notifications.decisions.store import PostgresDecisions
from notifications.duties.store import PostgresDuties
from notifications.keeping_in_touch.store import PostgresSilences
from notifications.ledger.published_events import draft_of
from notifications.messages.ledger import Errand
from notifications.messages.store import PostgresMessages, take_errands
from notifications.officer_contacts.store import PostgresContacts
from notifications.promise.store import PostgresPromises
from notifications.tellings.store import PostgresTellings
from notifications.transaction.fact import Fact
from notifications.transaction.timers_store import PostgresAlarms


@dataclass(frozen=True, slots=True)
class Means:
    """What every transaction needs; `epoch` is the log's, joined when the process started."""

    composer: EventComposer
    epoch: int
    clock: Clock
    calendar: WorkingCalendar


class PostgresLedger:
    """One transaction on `connection`; `close` appends what was recorded."""

    def __init__(self, connection: Connection, means: Means) -> None:
        self._connection, self._means = connection, means
        self._facts: list[Fact] = []
        self._changed: list[DecisionRecord] = []
        self._now: datetime | None = None
        self.calendar = means.calendar
        self.promises = PostgresPromises(connection, composer=means.composer, epoch=means.epoch)
        self.decisions = PostgresDecisions(connection, changed=self._changed.append)
        self.messages = PostgresMessages(connection)
        self.duties = PostgresDuties(connection)
        self.tellings = PostgresTellings(connection)
        self.contacts = PostgresContacts(connection)
        self.victims = PostgresVictims(connection)
        self.grants = PostgresGrants(connection)
        self.silences = PostgresSilences(connection)
        self.alarms = PostgresAlarms(connection)

    async def now(self) -> datetime:
        if self._now is None:
            self._now = await business_now(self._connection)
        return self._now

    async def lock(self, victims: Sequence[VictimId]) -> None:
        # In one order everywhere, so that two transactions about the same victims don't deadlock.
        await self._connection.execute(_LOCK, sorted(set(victims)))

    def record(self, fact: Fact) -> None:
        self._facts.append(fact)

    def new_id(self) -> str:
        return self._means.clock.new_id()

    async def close(self) -> None:
        """Append everything at once and last, since an append holds the log's head until the transaction ends."""
        now = await self.now()
        changed = [DecisionChanged(record, now) for record in self._changed]
        events = [internal_event(fact) for fact in changed]
        drafts = [draft_of(fact, clock=self._means.clock) for fact in self._facts]
        events += await self._means.composer.compose(drafts)
        await append_within(self._connection, events, epoch=self._means.epoch)


class PostgresLedgers:
    """Opens transactions of our own."""

    def __init__(self, pool: Pool, means: Means) -> None:
        self._pool, self._means = pool, means

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[PostgresLedger]:
        """A transaction."""
        async with (
            self._pool.acquire() as connection,
            connection.transaction(),
            self.on(connection) as ledger,
        ):
            yield ledger

    @asynccontextmanager
    async def on(self, connection: Connection) -> AsyncIterator[PostgresLedger]:
        """The ledger of a transaction that somebody else opened."""
        ledger = PostgresLedger(connection, self._means)
        yield ledger
        await ledger.close()

    async def take_errands(self, most: int) -> Sequence[Errand]:
        """Lease what is due."""
        async with self._pool.acquire() as connection:
            return await take_errands(connection, token=self._means.clock.token(16), most=most)


_LOCK = """
SELECT pg_advisory_xact_lock(hashtextextended(victim, 0)) FROM unnest($1::text[]) AS victims (victim)
"""
