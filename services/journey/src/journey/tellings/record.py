"""One victim's whole record, by which all is said of her that is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from contracts.ids import CaseId, VictimId

from journey.facts.fact import EventKey, Fact
from journey.facts.persons import Person
from journey.facts.ties import Clearance, Link, Merge, ties_of
from journey.facts.whose import Onlooker
from journey.tellings.telling import Tellings


@dataclass(frozen=True)
class Record:
    """All that may bear on one victim: the intake facts of her matters, everybody's links and merges there, the doubts
    that were cleared, and how she was told.

    Of one who is one person with others it is the record of them all (`journey.tellings.one_person`): each of her links
    and facts has the id under which she goes on, and what she was told under another id is told.
    """

    victim_id: VictimId
    cases: Sequence[CaseId]
    """Every case of every matter to which she was ever linked."""
    facts: Sequence[Fact]
    links: Sequence[Link]
    merges: Sequence[Merge]
    cleared: Mapping[EventKey, Clearance]
    tellings: Tellings
    others: tuple[VictimId, ...] = ()
    """Her other ids."""
    told_elsewhere: Tellings = field(default_factory=lambda: Tellings({}))
    """What of it she was told under those."""

    @property
    def person(self) -> Person:
        """Whose record it is."""
        return Person(self.victim_id, self.others)

    @cached_property
    def onlooker(self) -> Onlooker:
        """Whose eyes it is seen with."""
        ever_linked = frozenset(link.case_id for link in self.links if link.victim_id == self.victim_id)
        ties = ties_of(self.links, self.merges)
        return Onlooker(self.victim_id, ties, ever_linked, self.cleared, _named_at(self.facts))


def _named_at(facts: Sequence[Fact]) -> Mapping[str, int]:
    named: dict[str, int] = {}
    for fact in facts:
        for name in (*fact.accused.defendants, *fact.accused.offences):
            named.setdefault(name, fact.position)
    return named
