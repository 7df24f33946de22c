"""Keeps contacts made in the log, and ends what waited for them on the due list, in one transaction."""

from collections.abc import Callable
from datetime import datetime

from chassis.clock import business_now
from chassis.database import Connection, Pool
from contracts.ids import EventId, VictimId
from contracts.witness_care import ContactMade, ContactTakenBack, ContactTried

from witness_care.care.care import VictimCare
from witness_care.care.care_store import LoggedCareStore
from witness_care.contacts.contact import Contact
from witness_care.due.contact_made_store import forget_contact, note_contact
from witness_care.due.named import Named
from witness_care.due.named_store import named_by
from witness_care.due.tries_store import note_try
from witness_care.reach.promise_store import reaches
from witness_care.reach.reach import Reach


class LoggedContactStore:
    """The store on PostgreSQL, beside what else is decided on victims' care."""

    def __init__(self, pool: Pool, care: LoggedCareStore) -> None:
        self._pool = pool
        self._care = care

    async def record(
        self, victim_id: VictimId, *, event_id: EventId, decide: Callable[[VictimCare, datetime], ContactMade | None]
    ) -> None:
        """Load, decide, save, and end what waited for it; raises what the care's store raises."""

        async def note(connection: Connection, made: ContactMade) -> None:
            await note_contact(connection, victim=victim_id, made=made)

        await self._care.change(victim_id, event_id=event_id, decide=decide, beside=note)

    async def record_try(
        self, victim_id: VictimId, *, event_id: EventId, decide: Callable[[VictimCare, datetime], ContactTried | None]
    ) -> None:
        async def note(connection: Connection, tried: ContactTried) -> None:
            await note_try(connection, victim=victim_id, tried=tried)

        await self._care.change(victim_id, event_id=event_id, decide=decide, beside=note)

    async def take_back(
        self,
        victim_id: VictimId,
        *,
        event_id: EventId,
        decide: Callable[[VictimCare, datetime], ContactTakenBack | None],
    ) -> None:
        async def forget(connection: Connection, taken: ContactTakenBack) -> None:
            await forget_contact(connection, victim=victim_id, taken=taken)

        await self._care.change(victim_id, event_id=event_id, decide=decide, beside=forget)

    async def reach_of(self, victim_id: VictimId) -> Reach | None:
        async with self._pool.acquire() as connection:
            return (await reaches(connection, [victim_id])).get(victim_id)

    async def named(self, victim_id: VictimId, contact: Contact) -> Named:
        async with self._pool.acquire() as connection:
            return await named_by(connection, victim_id, news_ids=contact.news_ids, duty_keys=contact.duty_keys)

    async def now(self) -> datetime:
        async with self._pool.acquire() as connection:
            return await business_now(connection)
