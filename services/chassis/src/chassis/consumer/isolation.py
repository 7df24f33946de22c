"""Apply events so that one that fails for good stops only its own key: the culprit is found by halving."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from chassis.consumer.events import Arrival, ConsumedEvent, read
from chassis.consumer.subscription import Handler
from chassis.database import Connection
from chassis.errors import Fenced, PermanentFailure
from chassis.failures import is_transient, reason

BEHIND = "waits behind an earlier event of its key"


@dataclass(frozen=True, slots=True)
class Failed:
    """An event to park, and why; `culprit` is false for one that only waits behind another."""

    event: Arrival | ConsumedEvent
    reason: str
    culprit: bool


@dataclass(slots=True)
class Isolation:
    """One application of a batch. Afterwards `applied` counts the effects and `failed` holds what must be parked."""

    connection: Connection
    handler: Handler
    known: Container[str]
    held: set[str]
    failed: list[Failed] = field(default_factory=list)
    applied: int = 0
    _stopped: set[str] = field(default_factory=set)

    async def run_whole(self, arrivals: Sequence[Arrival]) -> None:
        """Apply in order and at once; raises what the handler raises, and then the caller's transaction must end."""
        events = self._readable(arrivals)
        if events:
            await self.handler.apply(self.connection, events)
        self.applied = len(events)

    async def run(self, arrivals: Sequence[Arrival]) -> None:
        """Apply in order, within the caller's transaction; raises only what is transient, and Fenced."""
        await self._apply(self._readable(arrivals))

    async def set_aside(self, arrivals: Sequence[Arrival], *, why: str) -> None:
        """Apply nothing and park all."""
        self.failed += [Failed(arrival, why, culprit=True) for arrival in arrivals]

    def _readable(self, arrivals: Sequence[Arrival]) -> list[ConsumedEvent]:
        return [event for arrival in arrivals if (event := self._read(arrival)) is not None]

    def _read(self, arrival: Arrival) -> ConsumedEvent | None:
        if self._waits(arrival, self.held):
            return None
        try:
            return read(arrival, known=self.known)
        except PermanentFailure as error:
            self._fail(arrival, error)
            self.held.add(arrival.key)
            return None

    async def _apply(self, events: Sequence[ConsumedEvent]) -> None:
        if not events:
            return
        error = await self._attempt(events)
        if error is None:
            self.applied += len(events)
        elif len(events) == 1:
            self._fail(events[0], error)
            self._stopped.add(events[0].key)
        else:
            half = len(events) // 2
            await self._apply(events[:half])
            await self._apply([event for event in events[half:] if not self._waits(event, self._stopped)])

    async def _attempt(self, events: Sequence[ConsumedEvent]) -> Exception | None:
        try:
            async with self.connection.transaction():
                await self.handler.apply(self.connection, events)
        except Exception as error:
            if isinstance(error, Fenced) or is_transient(error):
                raise
            return error
        return None

    def _waits(self, event: Arrival | ConsumedEvent, keys: set[str]) -> bool:
        if event.key not in keys:
            return False
        self.failed.append(Failed(event, BEHIND, culprit=False))
        return True

    def _fail(self, event: Arrival | ConsumedEvent, error: Exception) -> None:
        self.failed.append(Failed(event, reason(error), culprit=True))
