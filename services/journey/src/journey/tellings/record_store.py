"""Reads the whole records of many victims at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from chassis.database import Connection
from contracts.ids import CaseId, VictimId

from journey.facts.fact import Fact
from journey.facts.persons import Person
from journey.facts.persons_store import PersonTables
from journey.facts.store import FactTable
from journey.facts.ties import Link, Merge
from journey.facts.ties_store import TiesTables
from journey.tellings.one_person import OnRecord, record_of
from journey.tellings.record import Record
from journey.tellings.store import TellingTable


@dataclass(frozen=True, slots=True)
class Records:
    """Puts records together from the tables of the rooms below."""

    facts: FactTable = field(default_factory=FactTable)
    ties: TiesTables = field(default_factory=TiesTables)
    tellings: TellingTable = field(default_factory=TellingTable)
    persons: PersonTables = field(default_factory=PersonTables)

    async def ever_joined(self, connection: Connection, victims: Collection[VictimId]) -> set[VictimId]:
        """These victims, and everybody with whom any of them was ever thought to be one person."""
        return await self.persons.ever_joined(connection, victims)

    async def of(self, connection: Connection, victims: Collection[VictimId]) -> list[Record]:
        """For each of these victims, in their order, the record of the person whose id it is."""
        persons = await self.persons.persons(connection, victims)
        ids = {victim_id for person in persons.values() for victim_id in person.known_as}
        cases = await self._cases(connection, ids)
        every = {case_id for each in cases.values() for case_id in each}
        facts = _by_whom(await self.facts.of_victims(connection, ids, cases=every))
        hers = {person: _of_all_ids(person, cases) for person in persons.values()}
        about = {person: facts.about(person, hers[person]) for person in hers}
        found = await self._of_persons(connection, about, cases=hers)
        return [found[persons[victim_id]] for victim_id in victims]

    async def person(self, connection: Connection, victim_id: VictimId) -> tuple[Person, list[CaseId]]:
        """Whose id this is, and every case of every matter to which she was ever linked under any of hers."""
        person = (await self.persons.persons(connection, [victim_id]))[victim_id]
        return person, _of_all_ids(person, await self._cases(connection, person.known_as))

    async def of_facts(
        self, connection: Connection, person: Person, facts: Sequence[Fact], *, cases: Sequence[CaseId]
    ) -> Record:
        """The record of a person whose cases and intake facts have been read."""
        return (await self._of_persons(connection, {person: facts}, cases={person: cases}))[person]

    async def _of_persons(
        self,
        connection: Connection,
        facts: Mapping[Person, Sequence[Fact]],
        *,
        cases: Mapping[Person, Sequence[CaseId]],
    ) -> dict[Person, Record]:
        every = {case_id for each in cases.values() for case_id in each}
        links = _links_by_case(await self.ties.links_of(connection, every))
        merges = _merges_by_case(await self.ties.merges_of(connection, every))
        doubtful = dict.fromkeys(fact.key for each in facts.values() for fact in each if fact.doubt)
        cleared = await self.ties.cleared(connection, list(doubtful))
        tellings = await self.tellings.of(connection, {one for person in facts for one in person.known_as})
        return {
            person: record_of(
                person,
                OnRecord(
                    cases=cases[person],
                    facts=about,
                    links=[link for case_id in cases[person] for link in links[case_id]],
                    merges=[merge for case_id in cases[person] for merge in merges[case_id]],
                    cleared=cleared,
                    tellings=tellings,
                ),
            )
            for person, about in facts.items()
        }

    async def _cases(
        self, connection: Connection, victims: Collection[VictimId]
    ) -> defaultdict[VictimId, list[CaseId]]:
        cases: defaultdict[VictimId, list[CaseId]] = defaultdict(list)
        for victim_id, case_id in dict.fromkeys(await self.ties.cases_of(connection, victims)):
            cases[victim_id].append(case_id)
        return cases


def _of_all_ids(person: Person, cases: Mapping[VictimId, Sequence[CaseId]]) -> list[CaseId]:
    return list(dict.fromkeys(case_id for victim_id in person.known_as for case_id in cases.get(victim_id, ())))


@dataclass(frozen=True, slots=True)
class _Facts:
    """Facts of cases, and facts about one victim, who need not be linked to their case."""

    of_case: defaultdict[CaseId | None, list[Fact]]
    of_victim: defaultdict[VictimId, list[Fact]]

    def about(self, person: Person, cases: Collection[CaseId]) -> list[Fact]:
        found = [fact for victim_id in person.known_as for fact in self.of_victim[victim_id]]
        found += [fact for case_id in cases for fact in self.of_case[case_id]]
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
