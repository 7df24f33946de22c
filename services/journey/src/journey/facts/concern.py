"""Whom a fact about accused concerns: a hearing has several, and each victim hears only of hers."""

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


NOBODY = Accused()


def reach_of(fact: Accused, *, linked: Accused, claimed: Accused) -> Reach | None:
    """How far a fact goes to a victim of its matter who is linked to `linked`; None when it is somebody else's.

    `claimed` is all to which anybody is linked in the matter. Offences decide where both sides name some, else
    defendants do. What is about an accused or an offence that no link names (a new one, a substituted charge) may be
    hers: it goes to her officer, who can find out.
    """
    if not fact.named or fact.offences & linked.offences:
        return Reach.VICTIM
    if fact.offences and linked.offences:
        return None if _all_claimed(fact, claimed) else Reach.OFFICER
    if fact.defendants & linked.defendants:
        return Reach.VICTIM
    return None if linked.named and _all_claimed(fact, claimed) else Reach.OFFICER


def _all_claimed(fact: Accused, claimed: Accused) -> bool:
    """Is all that the fact names, at its finest, known to be somebody's?"""
    if fact.offences and claimed.offences:
        return fact.offences <= claimed.offences
    return bool(fact.defendants) and fact.defendants <= claimed.defendants
