"""Whom a fact concerns: a hearing has several cases, defendants and victims, and each victim hears only of hers."""

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """How far a fact may go: to the victim herself, or only to the officer who looks after her."""

    VICTIM = "victim"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Accused:
    """The defendants and offences that a fact is about, or to which a victim is linked; both empty when unknown."""

    defendants: frozenset[str] = frozenset()
    offences: frozenset[str] = frozenset()

    @property
    def named(self) -> bool:
        """Is any defendant or offence known?"""
        return bool(self.defendants or self.offences)


def reach_of(fact: Accused, *, linked: Accused) -> Reach | None:
    """How far a case's fact goes to one of the case's victims; None when it concerns somebody else's matter.

    Offences decide where both sides name some, else defendants do. A fact that names an accused to whom no link of the
    victim is known goes to her officer, who can tell.
    """
    if not fact.named:
        return Reach.VICTIM
    if fact.offences and linked.offences:
        return Reach.VICTIM if fact.offences & linked.offences else None
    if fact.defendants and linked.defendants:
        return Reach.VICTIM if fact.defendants & linked.defendants else None
    return Reach.OFFICER


def held_for_doubt(reach: Reach | None, *, doubtful: bool) -> Reach | None:
    """A doubtful fact is told to nobody until an officer has looked: it reaches the officer alone."""
    return Reach.OFFICER if doubtful and reach is Reach.VICTIM else reach
