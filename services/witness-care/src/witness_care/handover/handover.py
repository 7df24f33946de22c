"""What an officer does at the desk: each use case decides on one victim's care, and the store does the rest."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from contracts.ids import DutyKey, EventId, NewsId, VictimId
from contracts.shape import Shape
from contracts.witness_care import AccessGranted, AccessRevoked, ContactAssigned, ContactMade

from witness_care.care.care import VictimCare
from witness_care.contacts.contact import Contact, ContactPerson
from witness_care.errors import AlreadyTheContact, AnotherTookOver

Decide = Callable[[VictimCare, datetime], Shape | None]
"""Decides on the care at a business time; answers what the world is told, or None when there is nothing new."""


class CareStore(Protocol):
    """Where victims' care is kept."""

    async def change(self, victim_id: VictimId, *, event_id: EventId, decide: Decide) -> None:
        """Load, decide, save in one transaction; decide again when somebody else was first. Raises UnknownVictim."""

    async def news_of(self, victim_id: VictimId, duties: Sequence[DutyKey]) -> Sequence[NewsId]:
        """The news whose telling meets these duties towards this victim."""


class Desk:
    """The officer's commands. Each raises UnknownVictim, and what `VictimCare` raises."""

    def __init__(self, store: CareStore) -> None:
        self._store = store

    async def take_over(self, victim_id: VictimId, person: ContactPerson, *, event_id: EventId) -> None:
        """The caller becomes the victim's single point of contact; until this is recorded the giver stays."""

        def decide(care: VictimCare, _: datetime) -> Shape:
            giver = care.contact_officer
            care.take_over(person)
            return _assigned(person, giver=giver)

        await self._store.change(victim_id, event_id=event_id, decide=decide)

    async def take_over_from(
        self, victim_id: VictimId, person: ContactPerson, *, giver: str | None, event_id: EventId
    ) -> None:
        """The same for one who saw that `giver` (None: nobody) is the single point of contact."""

        def decide(care: VictimCare, _: datetime) -> Shape:
            care.take_over_from(giver, person)
            return _assigned(person, giver=giver)

        await self._store.change(victim_id, event_id=event_id, decide=decide)

    async def take_over_each_from(
        self, victims: Mapping[VictimId, EventId], person: ContactPerson, *, giver: str
    ) -> Sequence[VictimId]:
        """The same for each of the giver's victims by itself; answers whom somebody else took over meanwhile.

        Those whom the caller has already stay theirs. Raises AnotherTookOver when somebody else has all of them.
        """
        missed: list[VictimId] = []
        for victim, event_id in victims.items():
            try:
                with suppress(AlreadyTheContact):
                    await self.take_over_from(victim, person, giver=giver, event_id=event_id)
            except AnotherTookOver:
                missed.append(victim)
        if len(missed) == len(victims):
            raise AnotherTookOver
        return missed

    async def record_contact(self, victim_id: VictimId, contact: Contact) -> None:
        """The victim was told these things by a person; the same contact sent again changes nothing.

        Who met a duty to tell has told its news, also where the contact names the duty alone.
        """
        met = await self._store.news_of(victim_id, contact.duty_keys)
        told = tuple(dict.fromkeys((*contact.news_ids, *met)))

        def decide(care: VictimCare, now: datetime) -> Shape | None:
            if not care.record_contact(contact, now=now):
                return None
            return ContactMade(
                contact_id=contact.contact_id,
                made_at=contact.made_at,
                how=contact.how,
                news_ids=told,
                duty_keys=contact.duty_keys,
                made_by=contact.made_by,
            )

        await self._store.change(victim_id, event_id=EventId(contact.contact_id), decide=decide)

    async def grant_access(self, victim_id: VictimId, subject: str, *, by: str, event_id: EventId) -> None:
        """Let a sign-in see the victim's journey."""

        def decide(care: VictimCare, _: datetime) -> Shape:
            care.grant_access(subject)
            return AccessGranted(subject=subject, granted_by=by)

        await self._store.change(victim_id, event_id=event_id, decide=decide)

    async def revoke_access(self, victim_id: VictimId, subject: str, *, by: str, event_id: EventId) -> None:
        """Take a sign-in's access back."""

        def decide(care: VictimCare, _: datetime) -> Shape:
            care.revoke_access(subject)
            return AccessRevoked(subject=subject, revoked_by=by)

        await self._store.change(victim_id, event_id=event_id, decide=decide)


def _assigned(person: ContactPerson, *, giver: str | None) -> ContactAssigned:
    return ContactAssigned(
        officer=person.officer,
        officer_name=person.name,
        role=person.role,
        phone=person.phone,
        email=person.email,
        taken_over_from=giver,
    )
