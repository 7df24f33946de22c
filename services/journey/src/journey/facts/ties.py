"""Who is tied to what: links and merges as they stand, by what intake decided so far."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from contracts.ids import CaseId, EventId, VictimId

from journey.facts.concern import Accused
from journey.facts.fact import EventKey
from journey.facts.persons import Join, Parting


@dataclass(frozen=True, slots=True)
class Link:
    """A victim tied to a case and, where known, to defendants and offences; `position` is its event's."""

    link_id: str
    victim_id: VictimId
    case_id: CaseId
    accused: Accused
    linked_at: datetime
    position: int
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Revocation:
    """A link that was wrong; it shows nothing of the other person from now on."""

    link_id: str
    case_id: CaseId
    revoked_at: datetime


@dataclass(frozen=True, slots=True)
class Merge:
    """Two cases found to be one matter; `same_crime` where both are one and the same crime."""

    event_id: EventId
    merged: CaseId
    into: CaseId
    merged_at: datetime
    position: int
    same_crime: bool = False
    stands: bool = True


@dataclass(frozen=True, slots=True)
class MergeUndone:
    """Two cases are two matters after all."""

    event_id: EventId
    merged: CaseId
    into: CaseId
    undone_at: datetime


@dataclass(frozen=True, slots=True)
class Clearance:
    """An officer looked at a doubtful fact and lets it be told."""

    fact: EventKey
    cleared_at: datetime
    position: int = 0


IdentityChange = Link | Revocation | Merge | MergeUndone | Clearance | Join | Parting
"""What intake decided about who belongs where."""


@dataclass(frozen=True)
class Ties:
    """The links and merges that stand. A merge widens what is looked at, never what is hers."""

    links: Sequence[Link]
    merges: Sequence[Merge] = ()

    def matter_of(self, case_id: str) -> str:
        """The matter to which a case belongs, named by one of its cases."""
        return self._matters.get(case_id, case_id)

    def crime_of(self, case_id: str) -> str:
        """The crime that a case is, named by one of the cases that are the same."""
        return self._crimes.get(case_id, case_id)

    def of(self, victim_id: VictimId, *, matter: str) -> "Hold | None":
        """What ties one victim to one matter; None where nothing does."""
        return self._holds.get((victim_id, matter))

    def claimed(self, matter: str) -> Accused:
        """The accused and offences to which anybody is linked in this matter."""
        return self._claimed.get(matter, Accused())

    def until(self, position: int) -> "Ties":
        """As they were known after this position of intake's log."""
        return ties_of(
            [link for link in self.links if link.position <= position],
            [merge for merge in self.merges if merge.position <= position],
        )

    @cached_property
    def _matters(self) -> Mapping[str, str]:
        return _roots((merge.merged, merge.into) for merge in self.merges)

    @cached_property
    def _crimes(self) -> Mapping[str, str]:
        return _roots((merge.merged, merge.into) for merge in self.merges if merge.same_crime)

    @cached_property
    def _holds(self) -> Mapping[tuple[VictimId, str], "Hold"]:
        found: defaultdict[tuple[VictimId, str], list[Link]] = defaultdict(list)
        for link in self.links:
            found[link.victim_id, self.matter_of(link.case_id)].append(link)
        return {key: self._hold(links) for key, links in found.items()}

    def _hold(self, links: Sequence[Link]) -> "Hold":
        """A link to an accused alone says nothing of crimes, unless there is no other."""
        plain = [link for link in links if not link.accused.named] or links
        crimes = frozenset(self.crime_of(link.case_id) for link in plain)
        chosen_at = max((link.position for link in links if link.accused.named), default=0)
        return Hold(crimes, together(link.accused for link in links), chosen_at)

    @cached_property
    def _claimed(self) -> Mapping[str, Accused]:
        found: defaultdict[str, list[Accused]] = defaultdict(list)
        for link in self.links:
            found[self.matter_of(link.case_id)].append(link.accused)
        return {matter: together(each) for matter, each in found.items()}


@dataclass(frozen=True, slots=True)
class Hold:
    """What ties a victim to a matter: the crimes that harmed her, and the accused and offences she is linked to."""

    crimes: frozenset[str]
    accused: Accused
    chosen_at: int
    """The position of the last link that names any: whoever made it chose among what was on record by then."""


def ties_of(links: Iterable[Link], merges: Iterable[Merge]) -> Ties:
    """What of these links and merges stands."""
    return Ties([link for link in links if link.stands], [merge for merge in merges if merge.stands])


def together(accused: Iterable[Accused]) -> Accused:
    """All of them."""
    each = list(accused)
    return Accused(
        frozenset[str]().union(*(one.defendants for one in each)),
        frozenset[str]().union(*(one.offences for one in each)),
    )


@dataclass(slots=True)
class _Roots:
    above: dict[str, str] = field(default_factory=dict)

    def root(self, case_id: str) -> str:
        while (above := self.above.get(case_id, case_id)) != case_id:
            case_id = above
        return case_id


def _roots(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """For each case named, the least of all that are joined to it: the same in whatever order they were joined."""
    roots = _Roots()
    for one, other in pairs:
        low, high = sorted((roots.root(one), roots.root(other)))
        roots.above[high] = low
    return {case_id: roots.root(case_id) for case_id in [*roots.above, *roots.above.values()]}
