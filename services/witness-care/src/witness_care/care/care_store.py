"""Keeps victims' care in the log, and the desk's read model beside it, in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from chassis.aggregates import Repository, Told
from chassis.clock import business_now
from chassis.database import Connection, Pool
from chassis.log.appender import append_within
from chassis.log.errors import VersionConflict
from contracts.ids import DutyKey, EventId, NewsId, VictimId
from contracts.shape import Shape
from contracts.witness_care import ContactAssigned, ContactMade

from witness_care.care.care import VictimCare
from witness_care.care.published_events import told
from witness_care.due.desk_tables import assign_contact, note_contact
from witness_care.due.due_store import news_of_duties, victim_exists
from witness_care.errors import UnknownVictim
from witness_care.handover.handover import Decide

_TRIES = 3


class LoggedCareStore:
    """The store on PostgreSQL; `epoch` fences a process that has been replaced."""

    def __init__(self, pool: Pool, repository: Repository[VictimCare], *, epoch: int) -> None:
        self._pool = pool
        self._repository = repository
        self._epoch = epoch

    async def change(self, victim_id: VictimId, *, event_id: EventId, decide: Decide) -> None:
        """Load, decide, save; raises VersionConflict only when others were first every time."""
        for attempt in range(1, _TRIES + 1):
            try:
                async with self._pool.acquire() as connection, connection.transaction():
                    return await self._decide(connection, victim_id, event_id, decide)
            except VersionConflict:
                if attempt == _TRIES:
                    raise
        return None

    async def news_of(self, victim_id: VictimId, duties: Sequence[DutyKey]) -> Sequence[NewsId]:
        async with self._pool.acquire() as connection:
            return await news_of_duties(connection, victim_id, duties)

    async def _decide(self, connection: Connection, victim_id: VictimId, event_id: EventId, decide: Decide) -> None:
        if not await victim_exists(connection, victim_id):
            raise UnknownVictim
        now = await business_now(connection)
        care_id = VictimCare.create_id(victim_id)
        care = await self._repository.find(connection, care_id) or VictimCare(victim_id=victim_id)
        said = decide(care, now)
        if said is None:
            return

        def of(decided: object) -> Told | None:
            opened = isinstance(decided, VictimCare.Created)
            return None if opened else told(said, victim_id=victim_id, event_id=event_id, at=now)

        events = await self._repository.events(care, told=of)
        await append_within(connection, events, epoch=self._epoch)
        await _note(connection, victim_id, said, now, body=events[-1].body)


async def _note(connection: Connection, victim_id: VictimId, said: Shape, now: datetime, *, body: bytes) -> None:
    if isinstance(said, ContactAssigned):
        await assign_contact(connection, victim=victim_id, officer=said.officer, since=now, body=body)
    if isinstance(said, ContactMade):
        await note_contact(connection, victim=victim_id, made=said)
