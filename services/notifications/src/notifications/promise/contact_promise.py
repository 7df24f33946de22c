"""The contact promise: a versioned agreement with one victim, event-sourced."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from contracts.ids import VictimId
from contracts.notifications import AgreedBy
from eventsourcing.domain import Aggregate, event

from notifications.errors import PromiseHasMoved
from notifications.promise.plain_terms import Plain, plain_terms, terms_from
from notifications.promise.terms import Terms
from notifications.promise.usable_terms import refuse_unusable


class ContactPromise(Aggregate):
    """One per victim; its id is the victim's, its version counts the agreements, its terms are the latest."""

    TOPIC: ClassVar[str] = "notifications.contact-promise"

    class Event(Aggregate.Event):
        """Base of what happens to a promise."""

        TOPIC: ClassVar[str] = "notifications.contact-promise.event"

    class Created(Aggregate.Created):
        """The first agreement."""

        TOPIC: ClassVar[str] = "notifications.contact-promise.agreed-first.v1"
        terms: Mapping[str, Plain]
        agreed_by: str

    class AgreedAgain(Aggregate.Event):
        """Other terms took the place of the earlier ones."""

        TOPIC: ClassVar[str] = "notifications.contact-promise.agreed-again.v1"
        terms: Mapping[str, Plain]
        agreed_by: str

    class Questioned(Aggregate.Event):
        """A warning came: what was called safe is not known to be so any more."""

        TOPIC: ClassVar[str] = "notifications.contact-promise.questioned.v1"
        terms: Mapping[str, Plain]

    @event(Created)
    def __init__(self, terms: Mapping[str, Plain], agreed_by: str) -> None:
        self.terms: Terms = terms_from(terms)
        self.agreed_by = AgreedBy(agreed_by)
        self.in_question = False

    @classmethod
    def agree_first(cls, victim: VictimId, *, terms: Terms, agreed_by: AgreedBy, at: datetime) -> Self:
        """Agree for the first time; `at` is business time. Raises `UnusableTerms`."""
        refuse_unusable(terms)
        return cls._create(
            cls.Created, id=UUID(victim), terms=plain_terms(terms), agreed_by=agreed_by.value, timestamp=at
        )

    def agree_again(self, terms: Terms, *, expected_version: int, agreed_by: AgreedBy, at: datetime) -> None:
        """Replace the terms. Raises `PromiseHasMoved` unless the caller had read this version, and `UnusableTerms`."""
        refuse_unusable(terms)
        if expected_version != self.version:
            raise PromiseHasMoved("the promise was changed meanwhile: read it again, then agree again")
        self.trigger_event(self.AgreedAgain, terms=plain_terms(terms), agreed_by=agreed_by.value, timestamp=at)

    def question(self, *, at: datetime) -> bool:
        """No channel counts as safe until one is agreed again; False where none did."""
        questioned = self.terms.questioned()
        if questioned == self.terms:
            return False
        self.trigger_event(self.Questioned, terms=plain_terms(questioned), timestamp=at)
        return True

    @event(Questioned)
    def _question(self, terms: Mapping[str, Plain]) -> None:
        self.terms = terms_from(terms)
        self.in_question = True

    @event(AgreedAgain)
    def _assign(self, terms: Mapping[str, Plain], agreed_by: str) -> None:
        self.terms = terms_from(terms)
        self.agreed_by = AgreedBy(agreed_by)
        self.in_question = False
