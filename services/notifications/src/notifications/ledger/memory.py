"""The fake ledger: one transaction at a time, undone when its block raises."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from copy import deepcopy
from datetime import date, datetime, timedelta

from chassis.clock import Clock
from chassis.database import Connection
from chassis.working_days import WorkingCalendar
from contracts.ids import VictimId

from notifications.ledger.memory_parts import (
    MemoryAlarms,
    MemoryContacts,
    MemoryDecisions,
    MemoryDuties,
    MemoryGrants,
    MemoryMessages,
    MemoryPromises,
    MemorySilences,
    MemoryTellings,
    MemoryVictims,
)
from notifications.ledger.memory_state import State
from notifications.messages.ledger import Errand
from notifications.transaction.fact import Fact

LEASE = timedelta(seconds=25)


class MemoryLedger:
    """One transaction over the rows; its clock's time is business time and real time at once."""

    def __init__(self, state: State, *, clock: Clock) -> None:
        self._state, self._clock = state, clock
        self.calendar = WorkingCalendar(frozenset(), known_until=date.max)
        self.promises = MemoryPromises(state)
        self.decisions = MemoryDecisions(state, clock.now())
        self.messages = MemoryMessages(state)
        self.duties = MemoryDuties(state)
        self.tellings = MemoryTellings(state)
        self.contacts = MemoryContacts(state)
        self.victims = MemoryVictims(state)
        self.grants = MemoryGrants(state)
        self.silences = MemorySilences(state)
        self.alarms = MemoryAlarms(state)

    async def now(self) -> datetime:
        return self._clock.now()

    async def lock(self, victims: Sequence[VictimId]) -> None:
        """Nothing to wait for: transactions of the fake follow one another anyway."""

    def record(self, fact: Fact) -> None:
        self._state.facts.append(fact)

    def new_id(self) -> str:
        return self._clock.new_id()


class MemoryLedgers:
    """Opens transactions; `state` is the outcome that tests look at."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turn = asyncio.Lock()
        self.state = State()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MemoryLedger]:
        """A transaction."""
        async with self._turn:
            before = self.state
            self.state = deepcopy(before)
            try:
                yield MemoryLedger(self.state, clock=self._clock)
            except BaseException:
                self.state = before
                raise

    @asynccontextmanager
    async def on(self, connection: Connection) -> AsyncIterator[MemoryLedger]:  # noqa: ARG002 the fake has none
        """A transaction, whoever opened it."""
        async with self.begin() as ledger:
            yield ledger

    async def take_errands(self, most: int) -> Sequence[Errand]:
        """Lease what is due."""
        now, state = self._clock.now(), self.state
        due = [
            message_id
            for message_id in state.messages
            if (state.rung.get(message_id) and message_id not in state.leases)
            or (message_id in state.leases and state.leases[message_id][1] < now)
        ]
        errands = [Errand(message_id, self._clock.token(16)) for message_id in due[:most]]
        for errand in errands:
            state.rung[errand.message_id] = False
            state.leases[errand.message_id] = (errand.token, now + LEASE)
        return errands
