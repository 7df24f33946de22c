"""The care of one victim, as an event-sourced aggregate.

Public methods decide and may refuse; the private ones, marked with their event, only assign, so that a rule that
tightens later never breaks an old stream. `now` is business time, and the time of what is decided.
"""

from datetime import datetime
from typing import Self
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate, event

from witness_care.care.person import ContactPerson
from witness_care.errors import (
    AccessAlreadyGranted,
    AlreadyTheContact,
    AnotherTookOver,
    ContactInTheFuture,
    NoSuchAccess,
    NoSuchContact,
)

CARE_NAMESPACE = UUID("5a0f2c52-7f0e-5a7e-9f52-6b1c0f3f7b1d")


class VictimCare(Aggregate):
    """Who answers to one victim now, the contacts made, and whose sign-ins may see the journey."""

    TOPIC = "witness-care.care.v1"

    class Created(Aggregate.Created):
        """The first time anything is done for this victim."""

        TOPIC = "witness-care.care-opened.v1"
        victim_id: str

    class ContactAssigned(Aggregate.Event):
        """An officer took over as single point of contact; until then the giver stayed."""

        TOPIC = "witness-care.contact-assigned.v1"
        officer: str
        taken_over_from: str | None
        taking_id: str | None = None

    class ContactMade(Aggregate.Event):
        """An officer told the victim something, in person or by voice."""

        TOPIC = "witness-care.contact-made.v1"
        contact_id: str

    class ContactTakenBack(Aggregate.Event):
        """A contact was recorded in error."""

        TOPIC = "witness-care.contact-taken-back.v1"
        contact_id: str

    class ContactTried(Aggregate.Event):
        """An officer did not reach the victim."""

        TOPIC = "witness-care.contact-tried.v1"
        contact_id: str

    class WishAnswered(Aggregate.Event):
        """An officer said what became of something that the victim asked for."""

        TOPIC = "witness-care.wish-answered.v1"
        answer_id: str

    class AccessGranted(Aggregate.Event):
        """A sign-in may see this victim's journey."""

        TOPIC = "witness-care.access-granted.v1"
        subject: str

    class AccessRevoked(Aggregate.Event):
        """A sign-in may no longer see this victim's journey."""

        TOPIC = "witness-care.access-revoked.v1"
        subject: str

    def __init__(self, *, victim_id: str) -> None:
        self.victim_id = victim_id
        self.contact_officer: str | None = None
        self.takings: set[str] = set()
        self.contacts: set[str] = set()
        self.taken_back: set[str] = set()
        self.tries: set[str] = set()
        self.answers: set[str] = set()
        self.subjects: set[str] = set()

    @staticmethod
    def create_id(victim_id: str) -> UUID:
        """The aggregate's id follows from the victim's, so that nobody has to look it up."""
        return uuid5(CARE_NAMESPACE, victim_id)

    @classmethod
    def opened(cls, victim_id: str, *, now: datetime) -> Self:
        """Of a victim for whom nothing was done before."""
        return cls._create(cls.Created, id=cls.create_id(victim_id), victim_id=victim_id, timestamp=now)

    def take_over(self, person: ContactPerson, *, taking_id: str, now: datetime) -> bool:
        """The caller becomes the single point of contact; raises AlreadyTheContact.

        False when this very taking is on record already, whoever took over since.
        """
        if taking_id in self.takings:
            return False
        if self.contact_officer == person.officer:
            raise AlreadyTheContact
        self.trigger_event(
            self.ContactAssigned,
            officer=person.officer,
            taken_over_from=self.contact_officer,
            taking_id=taking_id,
            timestamp=now,
        )
        return True

    def take_over_from(self, giver: str | None, person: ContactPerson, *, taking_id: str, now: datetime) -> bool:
        """The same for one who saw that `giver` (None: nobody) answers to the victim; raises AnotherTookOver too."""
        if taking_id not in self.takings and self.contact_officer not in {giver, person.officer}:
            raise AnotherTookOver
        return self.take_over(person, taking_id=taking_id, now=now)

    def record_contact(self, contact_id: str, *, made_at: datetime, now: datetime) -> bool:
        """Record that the victim was told; False when this contact is on record already. Raises ContactInTheFuture."""
        if contact_id in self.contacts:
            return False
        if made_at > now:
            raise ContactInTheFuture
        self.trigger_event(self.ContactMade, contact_id=contact_id, timestamp=now)
        return True

    def take_contact_back(self, contact_id: str, *, now: datetime) -> bool:
        """Record that the victim was not told; False when that is on record already. Raises NoSuchContact."""
        if contact_id not in self.contacts:
            raise NoSuchContact
        if contact_id in self.taken_back:
            return False
        self.trigger_event(self.ContactTakenBack, contact_id=contact_id, timestamp=now)
        return True

    def try_contact(self, contact_id: str, *, tried_at: datetime, now: datetime) -> bool:
        """Record that the victim was not reached; False when that is on record already. Raises ContactInTheFuture."""
        if contact_id in self.tries:
            return False
        if tried_at > now:
            raise ContactInTheFuture
        self.trigger_event(self.ContactTried, contact_id=contact_id, timestamp=now)
        return True

    def answer_wish(self, answer_id: str, *, now: datetime) -> bool:
        """Record what became of a wish; False when this answer is on record already."""
        if answer_id in self.answers:
            return False
        self.trigger_event(self.WishAnswered, answer_id=answer_id, timestamp=now)
        return True

    def grant_access(self, subject: str, *, now: datetime) -> None:
        """Let a sign-in see the journey; raises AccessAlreadyGranted."""
        if subject in self.subjects:
            raise AccessAlreadyGranted
        self.trigger_event(self.AccessGranted, subject=subject, timestamp=now)

    def revoke_access(self, subject: str, *, now: datetime) -> None:
        """Take a sign-in's access back; raises NoSuchAccess."""
        if subject not in self.subjects:
            raise NoSuchAccess
        self.trigger_event(self.AccessRevoked, subject=subject, timestamp=now)

    @event(ContactAssigned)
    def _assign_contact(self, officer: str, taken_over_from: str | None, taking_id: str | None = None) -> None:  # noqa: ARG002
        self.contact_officer = officer
        if taking_id is not None:
            self.takings.add(taking_id)

    @event(ContactMade)
    def _add_contact(self, contact_id: str) -> None:
        self.contacts.add(contact_id)

    @event(ContactTakenBack)
    def _add_taken_back(self, contact_id: str) -> None:
        self.taken_back.add(contact_id)

    @event(ContactTried)
    def _add_try(self, contact_id: str) -> None:
        self.tries.add(contact_id)

    @event(WishAnswered)
    def _add_answer(self, answer_id: str) -> None:
        self.answers.add(answer_id)

    @event(AccessGranted)
    def _add_subject(self, subject: str) -> None:
        self.subjects.add(subject)

    @event(AccessRevoked)
    def _remove_subject(self, subject: str) -> None:
        self.subjects.discard(subject)
