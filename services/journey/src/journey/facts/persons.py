"""Who is one person under several victim ids, by what officers confirmed and did not take back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from contracts.ids import EventId, VictimId


@dataclass(frozen=True, slots=True)
class Join:
    """Two victim ids are one person, who goes on as `into`; `position` is its event's."""

    join_id: EventId
    victim_id: VictimId
    into: VictimId
    joined_at: datetime
    position: int
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Parting:
    """They are two persons after all."""

    join_id: EventId
    victim_id: VictimId
    into: VictimId
    parted_at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the id under which she goes on, and the others by which she is known."""

    goes_on: VictimId
    others: tuple[VictimId, ...] = ()

    @property
    def known_as(self) -> tuple[VictimId, ...]:
        """All of her ids, the one that goes on first."""
        return self.goes_on, *self.others

    def has(self, victim_id: VictimId | None) -> bool:
        """Is it an id of hers?"""
        return victim_id in self.known_as


def person_of(victim_id: VictimId, joins: Iterable[Join]) -> Person:
    """Whose id this is, as the joins stand: whoever goes on as one that goes on as a third goes on as the third.

    The joins are taken as they were recorded, so two that name each other have one answer, too.
    """
    above: dict[VictimId, VictimId] = {}
    for join in sorted(joins, key=lambda join: join.position):
        one, into = _goes_on(join.victim_id, above), _goes_on(join.into, above)
        if join.stands and one != into:
            above[one] = into
    goes_on = _goes_on(victim_id, above)
    return Person(goes_on, tuple(sorted(one for one in above if _goes_on(one, above) == goes_on)))


def _goes_on(victim_id: VictimId, above: Mapping[VictimId, VictimId]) -> VictimId:
    while victim_id in above:
        victim_id = above[victim_id]
    return victim_id
