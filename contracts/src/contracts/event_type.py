"""The row of an event type: the one place that says what a type is. All lists of types are made from these."""

from dataclasses import dataclass
from enum import StrEnum

from contracts.facts import CaseFact, VictimFact
from contracts.shape import Shape
from contracts.thread import Thread
from contracts.topics import TOPIC_OF


class Tell(StrEnum):
    """Who tells: a neutral message and the timeline, an officer before anything else, or nobody."""

    MESSAGE = "message"
    OFFICER_FIRST = "officer-first"
    NOBODY = "nobody"


class Concern(StrEnum):
    """Whom a fact is about: everyone in the case, those who are accused and named in it, or one victim."""

    CASE = "case"
    ACCUSED = "accused"
    VICTIM = "victim"


class Identity(StrEnum):
    """What a fact changes of who belongs where: a victim to a case, two cases, who an accused is, what is in doubt."""

    LINK = "link"
    MERGE = "merge"
    OFFENDER = "offender"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class EventType:
    """One public event type. What is not said here it does not do: most types tell nobody and change nothing.

    `urgent`: it is told in the next safe hour, whatever rhythm was agreed. `about_whom` is for models that do not say
    themselves whom they concern. Which duties a type triggers stands with the duties, and what it says, in its model.
    """

    name: str
    model: type[Shape]
    tell: Tell = Tell.NOBODY
    urgent: bool = False
    thread: Thread | None = None
    identity: Identity | None = None
    about_whom: Concern | None = None

    @property
    def publisher(self) -> str:
        """Who says it: the first part of its name."""
        return self.name.partition(".")[0]

    @property
    def topic(self) -> str:
        """The Kafka topic that it is on."""
        return TOPIC_OF[self.publisher].name

    @property
    def concerns(self) -> Concern:
        """Whom it is about; of a correction and a retraction, what they amend says it."""
        if self.about_whom is not None:
            return self.about_whom
        if TOPIC_OF[self.publisher].key == "victim_id" or issubclass(self.model, VictimFact):
            return Concern.VICTIM
        names_accused = issubclass(self.model, CaseFact) and (
            self.model.concerned_defendants is not CaseFact.concerned_defendants
        )
        return Concern.ACCUSED if names_accused else Concern.CASE
