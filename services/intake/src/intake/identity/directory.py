"""What is known about the names that a request mentions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from contracts.intake import Doubt

from intake.identity.claims import Claims, Merge
from intake.identity.naming import CRIME_LEVEL, Mention, Named, Numbered

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """A report by the public; police and courts may be told of it only with the person's consent."""

    case_id: str
    victim_id: str
    share_with_police: bool


class Origin(NamedTuple):
    """Where a name comes from whose case goes on as another: the case it was recorded for, and that of its crime."""

    own: str
    crime: str


class Plan(NamedTuple):
    """Where an event belongs, what is doubtful about it, and what its recording brings about.

    `crimeids` is the envelope's; `origins` says it of each of its names.
    """

    case_id: str
    victim_id: str | None
    doubts: tuple[Doubt, ...]
    claims: Claims
    crimeids: str | None = None
    origins: tuple[tuple[Key, Origin], ...] = ()


@dataclass(slots=True)
class Directory:
    """What is known now about the names that a request mentions; planning adds what it opens.

    Case ids are those in force, after merges. `links` holds (victim, crime) pairs that stand, `revoked` those that an
    officer took back; `matters` the (victim, case in force) pairs of links to a crime that goes on as another case.
    """

    cases: dict[Key, str] = field(default_factory=dict)
    victims: dict[Numbered, str] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    links: set[tuple[str, str]] = field(default_factory=set)
    matters: set[tuple[str, str]] = field(default_factory=set)
    revoked: set[tuple[str, str]] = field(default_factory=set)
    supported: set[tuple[str, str]] = field(default_factory=set)
    """(victim, crime) of links that rest on so many events that no more are counted."""
    parted: set[tuple[str, str]] = field(default_factory=set)
    """Cases in force of which an officer has said that they are not one."""
    origins: dict[Key | str, Origin] = field(default_factory=dict)
    """By key of a reference, or by a report's reference; only those whose case goes on as another one."""
    opened_here: set[Named | Numbered | tuple[str, str]] = field(default_factory=set)
    """What earlier events of this request opened: it is claimed again by those that lean on it."""
    settled: dict[Mention, Plan] = field(default_factory=dict)
    """Mentions planned before, of which nothing has changed since."""

    def unfold(self) -> None:
        """Know by name what is settled: somebody is about to open or join something beside it."""
        for mention, plan in self.settled.items():
            self.cases.update({reference.key: plan.case_id for reference in mention.references})
            self.origins.update(plan.origins)
            if mention.victim is not None and plan.victim_id is not None:
                self.victims[mention.victim] = plan.victim_id
                for crime in self.crimes(mention, plan.case_id):
                    self.link(plan.victim_id, crime, plan.case_id)
                self.matters.add((plan.victim_id, plan.case_id))
        self.settled.clear()

    def crimes(self, mention: Mention, case_id: str) -> tuple[str, ...]:
        """The crimes of this case that are named, sorted; none where only the matter is."""
        names = [*self._known([r for r in mention.references if r.scheme in CRIME_LEVEL], case_id)]
        names += self._reported(mention, case_id)
        return tuple(sorted({self._origin(name, case_id).crime for name in names}))

    def own_cases(self, mention: Mention, case_id: str) -> list[str]:
        """The cases that names of this case were recorded for, as they are named."""
        names = [*self._known(mention.references, case_id), *self._reported(mention, case_id)]
        return list(dict.fromkeys(self._origin(name, case_id).own for name in names))

    def beside(self, mention: Mention, case_id: str) -> Origin | None:
        """Where names that are mentioned for the first time belong: with the crime named, else the first case."""
        known = self._known(mention.references, case_id)
        crimes = self._known([r for r in mention.references if r.scheme in CRIME_LEVEL], case_id)
        names = [*crimes, *self._reported(mention, case_id), *known]
        return self.origins.get(names[0]) if names else None

    def attach(self, reference: Named, case_id: str, origin: Origin | None) -> None:
        """From now on this names the case."""
        self.cases[reference.key] = case_id
        self.opened_here.add(reference)
        if origin is not None:
            self.origins[reference.key] = origin

    def own_case(self, reference: Named) -> str:
        """The case that it is recorded for."""
        return self._origin(reference.key, self.cases[reference.key]).own

    def is_linked(self, victim_id: str, crimes: tuple[str, ...], case_id: str) -> bool:
        """To each of the crimes, or where none is named to any of the matter."""
        if crimes:
            return all((victim_id, crime) in self.links for crime in crimes)
        return (victim_id, case_id) in self.links or (victim_id, case_id) in self.matters

    def link(self, victim_id: str, crime: str, case_id: str) -> None:
        """A link to a crime is one to the matter that it goes on as."""
        self.links.add((victim_id, crime))
        if crime != case_id:
            self.matters.add((victim_id, case_id))

    def follow(self, merge: Merge) -> None:
        """What named one of the cases names the other now; of which crime stays, unless both are one."""
        for key in [key for key, case in self.cases.items() if case == merge.from_case]:
            self.cases[key] = merge.into_case
            self._move(key, merge)
        for reference in [one for one, report in self.reports.items() if report.case_id == merge.from_case]:
            report = self.reports[reference]
            self.reports[reference] = Report(merge.into_case, report.victim_id, report.share_with_police)
            self._move(reference, merge)
        for victim_id, _ in [pair for pair in self.links | self.matters if pair[1] == merge.from_case]:
            self.matters.add((victim_id, merge.into_case))
            if merge.same_crime and (victim_id, merge.from_case) in self.links:
                self.links.add((victim_id, merge.into_case))

    def _known(self, references: Sequence[Named], case_id: str) -> list[Key | str]:
        return [r.key for r in references if self.cases.get(r.key) == case_id]

    def _reported(self, mention: Mention, case_id: str) -> list[Key | str]:
        return [one for one in mention.reports if one in self.reports and self.reports[one].case_id == case_id]

    def _origin(self, name: Key | str, case_id: str) -> Origin:
        return self.origins.get(name, Origin(case_id, case_id))

    def _move(self, name: Key | str, merge: Merge) -> None:
        own, crime = self.origins.get(name, Origin(merge.from_case, merge.from_case))
        same = merge.same_crime and crime == merge.from_case
        self.origins[name] = Origin(own, merge.into_case if same else crime)
