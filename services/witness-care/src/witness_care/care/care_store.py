"""Keeps victims' care in the log, and who answers to them beside it, in one transaction."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from chassis.aggregates import Repository, Told
from chassis.clock import business_now
from chassis.database import Connection, Pool
from chassis.log.appender import append_within
from chassis.log.errors import VersionConflict
from contracts.ids import EventId, VictimId
from contracts.shape import Shape
from contracts.witness_care import ContactAssigned

from witness_care.care.care import VictimCare
from witness_care.care.published_events import told
from witness_care.care.victim_store import assign_contact, victim_exists
from witness_care.errors import UnknownVictim

_TRIES = 3

Said = TypeVar("Said", bound=Shape)


class LoggedCareStore:
    """The store on PostgreSQL; `epoch` fences a process that has been replaced."""

    def __init__(self, pool: Pool, repository: Repository[VictimCare], *, epoch: int) -> None:
        self._pool = pool
        self._repository = repository
        self._epoch = epoch

    async def change(
        self,
        victim_id: VictimId,
        *,
        event_id: EventId,
        decide: Callable[[VictimCare, datetime], Said | None],
        beside: Callable[[Connection, Said], Awaitable[object]] | None = None,
    ) -> None:
        """Load, decide, save; raises VersionConflict only when others were first every time.

        `beside` is what the store of a room above keeps of what was decided, in the same transaction.
        """
        for attempt in range(1, _TRIES + 1):
            try:
                async with self._pool.acquire() as connection, connection.transaction():
                    said = await self._decide(connection, victim_id, event_id, decide)
                    if said is not None and beside is not None:
                        await beside(connection, said)
                    return
            except VersionConflict:
                if attempt == _TRIES:
                    raise

    async def _decide(
        self,
        connection: Connection,
        victim_id: VictimId,
        event_id: EventId,
        decide: Callable[[VictimCare, datetime], Said | None],
    ) -> Said | None:
        if not await victim_exists(connection, victim_id):
            raise UnknownVictim
        now = await business_now(connection)
        care_id = VictimCare.create_id(victim_id)
        care = await self._repository.find(connection, care_id) or VictimCare.opened(victim_id, now=now)
        said = decide(care, now)
        if said is None:
            return None

        def of(decided: object) -> Told | None:
            opened = isinstance(decided, VictimCare.Created)
            return None if opened else told(said, victim_id=victim_id, event_id=event_id, at=now)

        events = await self._repository.events(care, told=of)
        await append_within(connection, events, epoch=self._epoch)
        if isinstance(said, ContactAssigned):
            await assign_contact(connection, victim=victim_id, officer=said.officer, since=now, body=events[-1].body)
        return said
