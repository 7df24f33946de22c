"""Becoming a victim's single point of contact: until that is recorded the giver stays."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from contracts.ids import EventId, VictimId
from contracts.shape import Shape
from contracts.witness_care import ContactAssigned

from witness_care.care.care import VictimCare
from witness_care.care.deciding import CareStore
from witness_care.care.person import ContactPerson
from witness_care.errors import AlreadyTheContact, AnotherTookOver


class Handover:
    """The officer's commands; one with an `event_id` that is on record changes nothing.

    Each raises UnknownVictim, and what `VictimCare` raises.
    """

    def __init__(self, store: CareStore) -> None:
        self._store = store

    async def take_over(self, victim_id: VictimId, person: ContactPerson, *, event_id: EventId) -> None:
        """The caller becomes the victim's single point of contact; until this is recorded the giver stays."""

        def decide(care: VictimCare, now: datetime) -> Shape | None:
            giver = care.contact_officer
            taken = care.take_over(person, taking_id=event_id, now=now)
            return _assigned(person, giver=giver) if taken else None

        await self._store.change(victim_id, event_id=event_id, decide=decide)

    async def take_over_from(
        self, victim_id: VictimId, person: ContactPerson, *, giver: str | None, event_id: EventId
    ) -> None:
        """The same for one who saw that `giver` (None: nobody) is the single point of contact."""

        def decide(care: VictimCare, now: datetime) -> Shape | None:
            taken = care.take_over_from(giver, person, taking_id=event_id, now=now)
            return _assigned(person, giver=giver) if taken else None

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


def _assigned(person: ContactPerson, *, giver: str | None) -> ContactAssigned:
    return ContactAssigned(
        officer=person.officer,
        officer_name=person.name,
        role=person.role,
        phone=person.phone,
        email=person.email,
        taken_over_from=giver,
    )
