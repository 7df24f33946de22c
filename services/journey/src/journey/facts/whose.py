"""Whose a fact is, as links, merges and cleared doubts stand, and since when it is known to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from contracts.ids import VictimId

from journey.facts.concern import Accused, Reach, reach_of
from journey.facts.fact import EventKey, Fact
from journey.facts.ties import Clearance, Hold, Ties, together


class Concern(NamedTuple):
    """How far a fact may go to one victim, and from which position of intake's log, and when, that was known."""

    reach: Reach
    known_from: int
    known_at: datetime


@dataclass(frozen=True)
class Onlooker:
    """One victim, and all that decides whose the facts of her matters are."""

    victim_id: VictimId
    ties: Ties
    ever_linked: frozenset[str] = frozenset()
    """The cases to which she was ever linked, by a link that stands or one that was revoked."""
    cleared: Mapping[EventKey, Clearance] = field(default_factory=dict)
    named_at: Mapping[str, int] = field(default_factory=dict)
    """Where each accused and each offence of her matters was first named: a position of intake's log."""
    _known: dict[tuple[Accused, int], Accused] = field(default_factory=dict, repr=False)
    _earlier: dict[tuple[int, datetime], Ties] = field(default_factory=dict, repr=False)

    def concern(self, fact: Fact) -> Concern | None:
        """Whether `fact` concerns her, as things stand; None when it is nobody's of hers.

        A doubtful fact reaches her officer alone until somebody has looked.
        """
        reach = self._reach(fact, self.ties)
        if reach is None:
            return None
        found = max(self._since(fact, reach), (fact.position, fact.recorded_at))
        if fact.doubt and (cleared := self.cleared.get(fact.key)) is None:
            return Concern(Reach.OFFICER, *found)
        if fact.doubt and cleared is not None:
            found = max(found, (cleared.position, cleared.cleared_at))
        return Concern(reach, *found)

    def is_doubted(self, fact: Fact) -> bool:
        """Is a doubt that nobody has cleared all that keeps it from her?"""
        return bool(fact.doubt) and fact.key not in self.cleared and self._reach(fact, self.ties) is Reach.VICTIM

    def _since(self, fact: Fact, reach: Reach) -> tuple[int, datetime]:
        """The link or merge from which on it went as far as it goes now. Other people's links bring her nothing."""
        if fact.victim_id is not None:
            return fact.position, fact.recorded_at
        *before, last = self._steps
        return next((step for step in before if self._reach(fact, self._ties_at(step)) is reach), last)

    @cached_property
    def _steps(self) -> Sequence[tuple[int, datetime]]:
        hers = [(link.position, link.linked_at) for link in self.ties.links if link.victim_id == self.victim_id]
        return sorted({*hers, *((merge.position, merge.merged_at) for merge in self.ties.merges)})

    def _ties_at(self, step: tuple[int, datetime]) -> Ties:
        if step not in self._earlier:
            self._earlier[step] = self.ties.until(step[0])
        return self._earlier[step]

    def _reach(self, fact: Fact, ties: Ties) -> Reach | None:
        if fact.victim_id is not None:
            return self._reach_of_her_own(fact, ties)
        if fact.case_id is None:
            return None
        matter = ties.matter_of(fact.case_id)
        hold = ties.of(self.victim_id, matter=matter)
        if hold is None or not _of_her_crimes(fact, hold, ties):
            return None
        settled = self._settled(ties.claimed(matter), hold.chosen_at)
        return reach_of(fact.accused, linked=hold.accused, claimed=settled)

    def _settled(self, claimed: Accused, chosen_at: int) -> Accused:
        """What is known to be hers or not: anybody's, or on record when she was last linked to some of it."""
        if (claimed, chosen_at) not in self._known:
            passed = frozenset(name for name, position in self.named_at.items() if position <= chosen_at)
            self._known[claimed, chosen_at] = together((claimed, Accused(passed, passed)))
        return self._known[claimed, chosen_at]

    def _reach_of_her_own(self, fact: Fact, ties: Ties) -> Reach | None:
        """A fact about one victim is hers alone, and nobody's once her links to the matter are revoked."""
        if fact.victim_id != self.victim_id:
            return None
        matter = ties.matter_of(fact.case_id or "")
        once = any(ties.matter_of(case_id) == matter for case_id in self.ever_linked)
        gone = once and not ties.of(self.victim_id, matter=matter)
        return None if gone else Reach.VICTIM


def _of_her_crimes(fact: Fact, hold: Hold, ties: Ties) -> bool:
    """Is a fact of the matter about a crime of hers? One that names only the prosecution is about all of them."""
    named = fact.said.crimes
    return named is None or any(ties.crime_of(case_id) in hold.crimes for case_id in named)
