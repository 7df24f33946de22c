"""Which case and which victim an event is about: resolved, opened, joined or doubted, but never guessed.

Pure: it reads a `Directory` of what is known and says what must still be so when the event is recorded (`Claims`).
"""

from collections.abc import Callable

from contracts.intake import Doubt

from intake.identity.claims import NO_CLAIMS, Claims, Joined, Link, Merge, Tie
from intake.identity.directory import Directory, Plan, Report
from intake.identity.naming import Mention, Named, Numbered


def plan(mention: Mention, directory: Directory, *, new_id: Callable[[], str]) -> Plan:
    """Resolve one mention against the directory, and let the directory know what was opened."""
    found = directory.settled.get(mention) or settled(mention, directory)
    if found is not None:
        return found
    directory.unfold()
    return settled(mention, directory) or _Planner(mention, directory, new_id).plan()


def settled(mention: Mention, directory: Directory) -> Plan | None:
    """The usual case, at the least cost: everything is known, agrees, and asks for nothing new."""
    if mention.joins or directory.opened_here or not mention.references:
        return None
    first, *others = mention.references
    case_id = directory.cases.get(first.key)
    if case_id is None or first.doubt or any(r.doubt or directory.cases.get(r.key) != case_id for r in others):
        return None
    crimes = directory.crimes(mention, case_id)
    victim_id = None
    if mention.victim is not None:
        victim_id = directory.victims.get(mention.victim)
        if victim_id is None or not directory.is_linked(victim_id, crimes, case_id):
            return None
        if mention.identifies and not set(_pairs(victim_id, crimes, case_id)) <= directory.supported:
            return None
    if not directory.origins:
        return Plan(case_id, victim_id, (), NO_CLAIMS)
    origins = tuple((r.key, directory.origins[r.key]) for r in mention.references if r.key in directory.origins)
    return Plan(case_id, victim_id, (), NO_CLAIMS, _crimeids(crimes, case_id), origins)


def _pairs(victim_id: str, crimes: tuple[str, ...], case_id: str) -> list[tuple[str, str]]:
    return [(victim_id, crime) for crime in crimes or (case_id,)]


def _crimeids(crimes: tuple[str, ...], case_id: str) -> str | None:
    """The envelope's `crimeids`: nothing in the usual case, where the crime is the case."""
    return ",".join(crimes) if crimes and crimes != (case_id,) else None


class _Planner:
    def __init__(self, mention: Mention, directory: Directory, new_id: Callable[[], str]) -> None:
        self._mention = mention
        self._directory = directory
        self._new_id = new_id
        self._doubts: dict[Doubt, None] = {r.doubt: None for r in mention.references if r.doubt is not None}
        self._merges: tuple[Merge, ...] = ()
        self._ties: tuple[Tie, ...] = ()
        self._attached: list[Named] = []

    def plan(self) -> Plan:
        reports = self._reports()
        known = self._known_cases(reports)
        case_id = self._case(known)
        if not known or Doubt.REFERENCES_DISAGREE not in self._doubts:
            self._attach(case_id, opened=not known)
        victim_id = self._victim(reports)
        crimes = self._directory.crimes(self._mention, case_id)
        links, needed = self._link(victim_id, crimes, case_id)
        claims = Claims(
            references=self._claimed_references(),
            numbers=self._claimed_number(),
            links=links,
            needed=needed,
            merges=self._merges,
            ties=self._ties,
            joined=self._joined(known),
            supports=self._supports(victim_id, crimes, case_id),
            reporter=self._mention.victim if victim_id in {report.victim_id for report in reports} else None,
            opened=() if known or self._mention.references else (case_id,),
        )
        return Plan(case_id, victim_id, tuple(self._doubts), claims, _crimeids(crimes, case_id))

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
        if len(known) > 1 and not self._may_join(known):
            self._disagree()
            return known[0]
        into = min(known)
        if self._joins:
            self._join(known, into)
        return into

    @property
    def _joins(self) -> bool:
        """The prosecutor says that the references are one case, or the police quote the victim's own report."""
        quoted = self._mention.publisher == "police" and bool(self._mention.reports)
        return (self._mention.merges or quoted) and not self._doubts

    def _may_join(self, known: list[str]) -> bool:
        """Not what an officer has parted, whoever says it again without having heard."""
        return self._joins and not any({one, other} <= set(known) for one, other in self._directory.parted)

    def _join(self, known: list[str], into: str) -> None:
        """Tie what is named to what goes on; where that are two cases by now, one of them ends in the other."""
        directory, mention = self._directory, self._mention
        named = {case: (directory.own_cases(mention, case), directory.crimes(mention, case)) for case in known}
        centre = named[into][0][0]
        same = not mention.merges and len(named[into][1]) == 1
        ties, merges = [Tie(centre, own, same_crime=same) for own in named[into][0][1:]], list[Merge]()
        for case in known:
            if case == into:
                continue
            same = not mention.merges and (named[case][1], named[into][1]) == ((case,), (into,))
            ties += [Tie(centre, own, same_crime=same) for own in named[case][0]]
            merges.append(Merge(case, into, self._new_id(), same_crime=same))
            directory.follow(merges[-1])
        self._ties, self._merges = tuple(ties), tuple(merges)

    def _attach(self, case_id: str, *, opened: bool) -> None:
        """References not yet known become names of this case; a malformed one only where there is no other."""
        unknown = [r for r in self._mention.references if r.key not in self._directory.cases]
        sound = [r for r in unknown if r.doubt is None]
        self._attached = sound or (unknown if opened else [])
        origin = self._directory.beside(self._mention, case_id)
        for reference in self._attached:
            self._directory.attach(reference, case_id, origin)

    def _joined(self, known: list[str]) -> tuple[Joined, ...]:
        """Of a case that is new, one name stays even where nobody says any longer that the others are its, too."""
        if not self._joins:
            return ()
        loose = self._attached if known else self._attached[1:]
        return tuple(Joined(r, attached=r in loose) for r in self._mention.references)

    def _supports(self, victim_id: str | None, crimes: tuple[str, ...], case_id: str) -> tuple[tuple[str, str], ...]:
        if victim_id is None or not self._mention.identifies or Doubt.REFERENCES_DISAGREE in self._doubts:
            return ()
        return tuple(pair for pair in _pairs(victim_id, crimes, case_id) if pair in self._directory.links)

    def _claimed_references(self) -> tuple[tuple[Named, str], ...]:
        directory = self._directory
        return tuple((r, directory.own_case(r)) for r in self._mention.references if r in directory.opened_here)

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

    def _link(
        self, victim_id: str | None, crimes: tuple[str, ...], case_id: str
    ) -> tuple[tuple[Link, ...], tuple[tuple[str, str], ...]]:
        """Links to make, or those that an earlier event of this request is to make first; one to each crime named.

        One that an officer took back is not made again because the publisher has not heard of it.
        """
        if victim_id is None or Doubt.REFERENCES_DISAGREE in self._doubts:
            return (), ()
        directory = self._directory
        if directory.is_linked(victim_id, crimes, case_id):
            return (), tuple(pair for pair in _pairs(victim_id, crimes, case_id) if pair in directory.opened_here)
        wanted = [crime for crime in crimes or (case_id,) if (victim_id, crime) not in directory.links]
        if any((victim_id, crime) in directory.revoked for crime in wanted):
            self._doubts[Doubt.LINK_REVOKED] = None
            return (), ()
        for crime in wanted:
            directory.link(victim_id, crime, case_id)
            directory.opened_here.add((victim_id, crime))
        return tuple(self._new_link(victim_id, crime, case_id) for crime in wanted), ()

    def _new_link(self, victim_id: str, crime: str, case_id: str) -> Link:
        return Link(self._new_id(), victim_id, crime, matter=None if crime == case_id else case_id)

    def _disagree(self) -> None:
        self._doubts[Doubt.REFERENCES_DISAGREE] = None
