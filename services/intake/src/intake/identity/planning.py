"""Which case and which victim an event is about: resolved, opened, joined or doubted, but never guessed.

Pure: it reads a `Directory` of what is known and says what must still be so when the event is recorded (`Claims`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from contracts.intake import Doubt

from intake.identity.claims import NO_CLAIMS, Claims, Link, Merge
from intake.identity.naming import Mention, Named, Numbered


@dataclass(frozen=True, slots=True)
class Report:
    """A report by the public; police and courts may be told of it only with the person's consent."""

    case_id: str
    victim_id: str
    share_with_police: bool


class Plan(NamedTuple):
    """Where an event belongs, what is doubtful about it, and what its recording brings about."""

    case_id: str
    victim_id: str | None
    doubts: tuple[Doubt, ...]
    claims: Claims


@dataclass(slots=True)
class Directory:
    """What is known now about the names that a request mentions; planning adds what it opens.

    Case ids are those in force, after merges. `links` holds (victim, case) pairs that stand, `revoked` those that an
    officer took back.
    """

    cases: dict[tuple[str, str, str], str] = field(default_factory=dict)
    victims: dict[Numbered, str] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    links: set[tuple[str, str]] = field(default_factory=set)
    revoked: set[tuple[str, str]] = field(default_factory=set)
    opened_here: set[Named | Numbered | tuple[str, str]] = field(default_factory=set)
    """What earlier events of this request opened: it is claimed again by those that lean on it."""
    settled: dict[Mention, Plan] = field(default_factory=dict)
    """Mentions planned before, of which nothing has changed since."""

    def unfold(self) -> None:
        """Know by name what is settled: somebody is about to open or join something beside it."""
        for mention, plan in self.settled.items():
            self.cases.update({reference.key: plan.case_id for reference in mention.references})
            if mention.victim is not None and plan.victim_id is not None:
                self.victims[mention.victim] = plan.victim_id
                self.links.add((plan.victim_id, plan.case_id))
        self.settled.clear()


def plan(mention: Mention, directory: Directory, *, new_id: Callable[[], str]) -> Plan:
    """Resolve one mention against the directory, and let the directory know what was opened."""
    found = directory.settled.get(mention) or settled(mention, directory)
    if found is not None:
        return found
    directory.unfold()
    return settled(mention, directory) or _Planner(mention, directory, new_id).plan()


def settled(mention: Mention, directory: Directory) -> Plan | None:
    """The usual case, at the least cost: everything is known, agrees, and asks for nothing new."""
    if mention.reports or directory.opened_here or not mention.references:
        return None
    first, *others = mention.references
    case_id = directory.cases.get(first.key)
    if case_id is None or first.doubt or any(r.doubt or directory.cases.get(r.key) != case_id for r in others):
        return None
    if mention.victim is None:
        return Plan(case_id, None, (), NO_CLAIMS)
    victim_id = directory.victims.get(mention.victim)
    if victim_id is None or (victim_id, case_id) not in directory.links:
        return None
    return Plan(case_id, victim_id, (), NO_CLAIMS)


class _Planner:
    def __init__(self, mention: Mention, directory: Directory, new_id: Callable[[], str]) -> None:
        self._mention = mention
        self._directory = directory
        self._new_id = new_id
        self._doubts: dict[Doubt, None] = {r.doubt: None for r in mention.references if r.doubt is not None}
        self._merges: tuple[Merge, ...] = ()

    def plan(self) -> Plan:
        reports = self._reports()
        known = self._known_cases(reports)
        case_id = self._case(known)
        if not known or Doubt.REFERENCES_DISAGREE not in self._doubts:
            self._attach(case_id, opened=not known)
        victim_id = self._victim(reports)
        link, needed = self._link(victim_id, case_id)
        claims = Claims(
            references=self._claimed_references(),
            numbers=self._claimed_number(),
            links=link,
            needed=needed,
            merges=self._merges,
            opened=() if known or self._mention.references else (case_id,),
        )
        return Plan(case_id, victim_id, tuple(self._doubts), claims)

    def _reports(self) -> list[Report]:
        """Reports that are quoted and may be joined; one that is unknown or not to be shared is an officer's matter."""
        found = []
        for reference in self._mention.reports:
            report = self._directory.reports.get(reference)
            if report is None or not (report.share_with_police or self._mention.publisher == "support"):
                self._disagree()
            else:
                found.append(report)
        return found

    def _known_cases(self, reports: list[Report]) -> list[str]:
        """A malformed reference lends its case to no sound one: two matters may share a word such as "unknown"."""
        cases, references = self._directory.cases, self._mention.references
        known = [r for r in references if r.key in cases]
        if all(r.doubt for r in known) and not all(r.doubt for r in references):
            known = []
        return list(dict.fromkeys([*(cases[r.key] for r in known), *(report.case_id for report in reports)]))

    def _case(self, known: list[str]) -> str:
        if not known:
            return self._new_id()
        if len(known) == 1:
            return known[0]
        if not self._may_merge():
            self._disagree()
            return known[0]
        into = min(known)
        self._merges = tuple(Merge(case, into, self._new_id()) for case in known if case != into)
        for merge in self._merges:
            self._follow(merge)
        return into

    def _may_merge(self) -> bool:
        """The prosecutor says that the references are one case, or the police quote the victim's own report."""
        quoted = self._mention.publisher == "police" and bool(self._mention.reports)
        return (self._mention.merges or quoted) and not self._doubts

    def _follow(self, merge: Merge) -> None:
        directory = self._directory
        directory.cases.update({k: merge.into_case for k, case in directory.cases.items() if case == merge.from_case})
        directory.links |= {(v, merge.into_case) for v, case in directory.links if case == merge.from_case}

    def _attach(self, case_id: str, *, opened: bool) -> None:
        """References not yet known become names of this case; a malformed one only where there is no other."""
        unknown = [r for r in self._mention.references if r.key not in self._directory.cases]
        sound = [r for r in unknown if r.doubt is None]
        for reference in sound or (unknown if opened else []):
            self._directory.cases[reference.key] = case_id
            self._directory.opened_here.add(reference)

    def _claimed_references(self) -> tuple[tuple[Named, str], ...]:
        directory = self._directory
        return tuple((r, directory.cases[r.key]) for r in self._mention.references if r in directory.opened_here)

    def _victim(self, reports: list[Report]) -> str | None:
        number = self._mention.victim
        if number is None:
            return None
        known = self._directory.victims.get(number)
        reported = {report.victim_id for report in reports}
        if known is not None:
            if reported - {known}:
                self._disagree()
            return known
        victim_id = reported.pop() if len(reported) == 1 else self._new_id()
        self._directory.victims[number] = victim_id
        self._directory.opened_here.add(number)
        return victim_id

    def _claimed_number(self) -> tuple[tuple[Numbered, str], ...]:
        number = self._mention.victim
        if number is None or number not in self._directory.opened_here:
            return ()
        return ((number, self._directory.victims[number]),)

    def _link(self, victim_id: str | None, case_id: str) -> tuple[tuple[Link, ...], tuple[tuple[str, str], ...]]:
        """A link to make, or one that an earlier event of this request is to make first.

        One that an officer took back is not made again because the publisher has not heard of it.
        """
        if victim_id is None or Doubt.REFERENCES_DISAGREE in self._doubts:
            return (), ()
        pair = (victim_id, case_id)
        if pair in self._directory.links:
            return (), ((pair,) if pair in self._directory.opened_here else ())
        if pair in self._directory.revoked:
            self._doubts[Doubt.LINK_REVOKED] = None
            return (), ()
        self._directory.links.add(pair)
        self._directory.opened_here.add(pair)
        return (Link(self._new_id(), victim_id, case_id),), ()

    def _disagree(self) -> None:
        self._doubts[Doubt.REFERENCES_DISAGREE] = None
