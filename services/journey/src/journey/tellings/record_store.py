"""Reads the whole records of many victims at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from chassis.database import Connection
from contracts.ids import CaseId, VictimId

from journey.facts.fact import Fact
from journey.facts.store import FactTable
from journey.facts.ties import Link, Merge
from journey.facts.ties_store import TiesTables
from journey.tellings.record import Record
from journey.tellings.store import TellingTable


@dataclass(frozen=True, slots=True)
class Records:
    """Puts records together from the tables of the rooms below."""

    facts: FactTable = field(default_factory=FactTable)
    ties: TiesTables = field(default_factory=TiesTables)
    tellings: TellingTable = field(default_factory=TellingTable)

    async def of(self, connection: Connection, victims: Collection[VictimId]) -> list[Record]:
        """The record of each of these victims, in their order."""
        cases = await self.cases(connection, victims)
        every = {case_id for each in cases.values() for case_id in each}
        facts = _by_whom(await self.facts.of_victims(connection, victims, cases=every))
        about = {victim_id: facts.about(victim_id, cases[victim_id]) for victim_id in victims}
        return await self.of_facts(connection, about, cases=cases)

    async def of_facts(
        self,
        connection: Connection,
        facts: Mapping[VictimId, Sequence[Fact]],
        *,
        cases: Mapping[VictimId, Sequence[CaseId]],
    ) -> list[Record]:
        """The record of each of these victims, whose facts and cases have been read, in the order of the facts."""
        every = {case_id for victim_id in facts for case_id in cases[victim_id]}
        links = _links_by_case(await self.ties.links_of(connection, every))
        merges = _merges_by_case(await self.ties.merges_of(connection, every))
        doubtful = dict.fromkeys(fact.key for each in facts.values() for fact in each if fact.doubt)
        cleared = await self.ties.cleared(connection, list(doubtful))
        tellings = await self.tellings.of(connection, list(facts))
        return [
            Record(
                victim_id=victim_id,
                cases=cases[victim_id],
                facts=about,
                links=[link for case_id in cases[victim_id] for link in links[case_id]],
                merges=[merge for case_id in cases[victim_id] for merge in merges[case_id]],
                cleared=cleared,
                tellings=tellings[victim_id],
            )
            for victim_id, about in facts.items()
        ]

    async def cases(self, connection: Connection, victims: Collection[VictimId]) -> defaultdict[VictimId, list[CaseId]]:
        """For each of these victims, every case of every matter to which she was ever linked."""
        cases: defaultdict[VictimId, list[CaseId]] = defaultdict(list)
        for victim_id, case_id in dict.fromkeys(await self.ties.cases_of(connection, victims)):
            cases[victim_id].append(case_id)
        return cases


@dataclass(frozen=True, slots=True)
class _Facts:
    """Facts of cases, and facts about one victim, who need not be linked to their case."""

    of_case: defaultdict[CaseId | None, list[Fact]]
    of_victim: defaultdict[VictimId, list[Fact]]

    def about(self, victim_id: VictimId, cases: Collection[CaseId]) -> list[Fact]:
        found = [*self.of_victim[victim_id], *(fact for case_id in cases for fact in self.of_case[case_id])]
        return sorted(found, key=lambda fact: fact.position)


def _by_whom(facts: Collection[Fact]) -> _Facts:
    found = _Facts(defaultdict(list), defaultdict(list))
    for fact in facts:
        if fact.victim_id is None:
            found.of_case[fact.case_id].append(fact)
        else:
            found.of_victim[fact.victim_id].append(fact)
    return found


def _links_by_case(links: Collection[Link]) -> defaultdict[CaseId, list[Link]]:
    found: defaultdict[CaseId, list[Link]] = defaultdict(list)
    for link in links:
        found[link.case_id].append(link)
    return found


def _merges_by_case(merges: Collection[Merge]) -> defaultdict[CaseId, list[Merge]]:
    found: defaultdict[CaseId, list[Merge]] = defaultdict(list)
    for merge in merges:
        found[merge.merged].append(merge)
    return found
