"""What an officer told a victim, recorded."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from contracts.ids import DutyKey, EventId, NewsId, VictimId
from contracts.witness_care import ContactMade, ContactTried

from witness_care.care.care import VictimCare
from witness_care.contacts.contact import Attempt, Contact
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

    async def reach_of(self, victim_id: VictimId) -> Reach | None:
        """How the victim may be reached; None where nothing was agreed."""

    async def news_of(self, victim_id: VictimId, duties: Sequence[DutyKey]) -> Sequence[NewsId]:
        """The news whose telling meets these duties towards this victim."""

    async def now(self) -> datetime:
        """Business time."""


class Contacts:
    """The officer's command."""

    def __init__(self, store: ContactStore) -> None:
        self._store = store

    async def record(self, victim_id: VictimId, contact: Contact) -> None:
        """The victim was told these things by a person; the same contact sent again changes nothing.

        Who met a duty to tell has told its news, also where the contact names the duty alone. Raises UnknownVictim,
        ContactInTheFuture.
        """
        met = await self._store.news_of(victim_id, contact.duty_keys)
        told = tuple(dict.fromkeys((*contact.news_ids, *met)))

        def decide(care: VictimCare, now: datetime) -> ContactMade | None:
            if not care.record_contact(contact.contact_id, made_at=contact.made_at, now=now):
                return None
            return ContactMade(
                contact_id=contact.contact_id,
                made_at=contact.made_at,
                how=contact.how,
                news_ids=told,
                duty_keys=contact.duty_keys,
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

    async def reach_of(self, victim_id: VictimId) -> Reach | None:
        """How the victim may be reached; None where nothing was agreed."""
        return await self._store.reach_of(victim_id)

    async def now(self) -> datetime:
        """Business time, for a contact made just now."""
        return await self._store.now()
