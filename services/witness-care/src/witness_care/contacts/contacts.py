"""What an officer told a victim, recorded."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid5

from contracts.ids import EventId, VictimId
from contracts.witness_care import ContactMade, ContactTakenBack, ContactTried

from witness_care.care.care import VictimCare
from witness_care.contacts.contact import Attempt, Contact, TakingBack
from witness_care.due.named import Named
from witness_care.errors import NewsYetToHappen, TellingIsNotEnough
from witness_care.reach.reach import Reach


class ContactStore(Protocol):
    """Where contacts are kept, beside what waited for them."""

    async def record(
        self, victim_id: VictimId, *, event_id: EventId, decide: Callable[[VictimCare, datetime], ContactMade | None]
    ) -> None:
        """Load, decide, save, and end what waited for it, in one transaction. Raises UnknownVictim."""

    async def record_try(
        self, victim_id: VictimId, *, event_id: EventId, decide: Callable[[VictimCare, datetime], ContactTried | None]
    ) -> None:
        """Load, decide, save, and show it on the desk, in one transaction. Raises UnknownVictim."""

    async def take_back(
        self,
        victim_id: VictimId,
        *,
        event_id: EventId,
        decide: Callable[[VictimCare, datetime], ContactTakenBack | None],
    ) -> None:
        """Load, decide, save, and make due again what it ended, in one transaction. Raises UnknownVictim."""

    async def reach_of(self, victim_id: VictimId) -> Reach | None:
        """How the victim may be reached; None where nothing was agreed."""

    async def named(self, victim_id: VictimId, contact: Contact) -> Named:
        """What is known of what the contact names, as far as it is this victim's."""

    async def now(self) -> datetime:
        """Business time."""


class Contacts:
    """The officer's command."""

    def __init__(self, store: ContactStore) -> None:
        self._store = store

    async def record(self, victim_id: VictimId, contact: Contact) -> None:
        """The victim was told these things by a person; the same contact sent again changes nothing.

        Who met a duty to tell has told its news, also where the contact names the duty alone. Raises UnknownVictim,
        ContactInTheFuture, NewsYetToHappen, TellingIsNotEnough.
        """
        named = await self._store.named(victim_id, contact)

        def decide(care: VictimCare, now: datetime) -> ContactMade | None:
            if not care.record_contact(contact.contact_id, made_at=contact.made_at, now=now):
                return None
            if named.needs_more:
                raise TellingIsNotEnough
            if named.happened_at is not None and contact.made_at < named.happened_at:
                raise NewsYetToHappen
            return ContactMade(
                contact_id=contact.contact_id,
                made_at=contact.made_at,
                how=contact.how,
                news_ids=named.told,
                duty_keys=contact.duty_keys,
                put_right=contact.put_right,
                made_by=contact.made_by,
            )

        await self._store.record(victim_id, event_id=EventId(contact.contact_id), decide=decide)

    async def tried(self, victim_id: VictimId, attempt: Attempt) -> None:
        """Nobody was told anything, so nothing ends; the same attempt sent again changes nothing.

        Raises UnknownVictim, ContactInTheFuture.
        """

        def decide(care: VictimCare, now: datetime) -> ContactTried | None:
            if not care.try_contact(attempt.contact_id, tried_at=attempt.tried_at, now=now):
                return None
            return ContactTried(
                contact_id=attempt.contact_id,
                tried_at=attempt.tried_at,
                how=attempt.how,
                tried_by=attempt.tried_by,
            )

        await self._store.record_try(victim_id, event_id=EventId(attempt.contact_id), decide=decide)

    async def take_back(self, victim_id: VictimId, taking: TakingBack) -> None:
        """It was recorded in error: what it told is untold, what it met is owed. Once more changes nothing.

        Raises UnknownVictim, NoSuchContact.
        """

        def decide(care: VictimCare, now: datetime) -> ContactTakenBack | None:
            if not care.take_contact_back(taking.contact_id, now=now):
                return None
            return ContactTakenBack(contact_id=taking.contact_id, taken_back_at=now, taken_back_by=taking.by)

        # The contact's own id is that of the event by which it was made.
        event_id = EventId(str(uuid5(UUID(taking.contact_id), "taken-back")))
        await self._store.take_back(victim_id, event_id=event_id, decide=decide)

    async def reach_of(self, victim_id: VictimId) -> Reach | None:
        """How the victim may be reached; None where nothing was agreed."""
        return await self._store.reach_of(victim_id)

    async def now(self) -> datetime:
        """Business time, for a contact made just now."""
        return await self._store.now()
