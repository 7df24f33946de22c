"""A matter is all cases merged into one; a member is a victim linked to it, as the links stand now."""

from dataclasses import dataclass
from datetime import datetime

from contracts.ids import CaseId, VictimId

from journey.facts.concern import Accused, Reach, held_for_doubt, reach_of
from journey.facts.fact import EventKey, Fact


@dataclass(frozen=True, slots=True)
class Link:
    """A victim tied to a case and, where known, to defendants and offences; `position` is its event's."""

    link_id: str
    victim_id: VictimId
    case_id: CaseId
    accused: Accused
    linked_at: datetime
    position: int


@dataclass(frozen=True, slots=True)
class Revocation:
    """A link that was wrong; it shows nothing of the other person from now on."""

    link_id: str
    case_id: CaseId
    revoked_at: datetime


@dataclass(frozen=True, slots=True)
class Merge:
    """Two cases found to be one matter."""

    merged: CaseId
    into: CaseId
    merged_at: datetime
    position: int


@dataclass(frozen=True, slots=True)
class Clearance:
    """An officer looked at a doubtful fact and lets it be told."""

    fact: EventKey
    cleared_at: datetime


IdentityChange = Link | Revocation | Merge | Clearance
"""What intake decided about who belongs where."""


@dataclass(frozen=True, slots=True)
class Member:
    """One victim of a matter. Facts before `since_position` reached her late; not `active` once links are revoked."""

    victim_id: VictimId
    accused: Accused
    active: bool
    since_position: int
    since_at: datetime


@dataclass(frozen=True, slots=True)
class Concern:
    """One fact, one victim whom it concerns, and how far it may go to her."""

    fact: Fact
    victim_id: VictimId
    reach: Reach
    member: Member | None

    @property
    def late(self) -> bool:
        """Was she linked only after the fact was recorded?"""
        return self.member is not None and self.fact.position < self.member.since_position


def concerns_of(fact: Fact, members: list[Member], *, doubtful: bool) -> list[Concern]:
    """The victims whom `fact` concerns among the matter's `members`.

    A fact about one victim is hers alone, and nobody's once her link to the matter is revoked.
    """
    if fact.victim_id is not None:
        return _about_one(fact, fact.victim_id, members, doubtful=doubtful)
    found = []
    for member in members:
        reach = held_for_doubt(reach_of(fact.accused, linked=member.accused), doubtful=doubtful)
        if member.active and reach is not None:
            found.append(Concern(fact, member.victim_id, reach, member))
    return found


def _about_one(fact: Fact, victim_id: VictimId, members: list[Member], *, doubtful: bool) -> list[Concern]:
    her = next((member for member in members if member.victim_id == victim_id), None)
    if her is not None and not her.active:
        return []
    return [Concern(fact, victim_id, Reach.OFFICER if doubtful else Reach.VICTIM, None)]
