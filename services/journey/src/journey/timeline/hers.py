"""What each kept fact is to the victim whose timeline it is. The timeline asks nobody else whom a fact concerns."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property

import msgspec
from contracts.ids import CaseId, VictimId

from journey.facts.concern import Reach
from journey.facts.fact import EventKey, Fact, Origin
from journey.facts.news import Heard, heard_of
from journey.tellings.record import Record


class Hers(msgspec.Struct, frozen=True):
    """One fact and one victim. A `reach` of None: it is not hers, and never was or was only thought to be.

    `stands` until another took its place: put it right, or followed it in its thread. `lost_by`: the correction that
    named somebody else, where it was hers until then. `doubted`: a doubt is all that keeps it from her. `alone`: no
    other victim was ever linked to the crime.
    """

    reach: Reach | None
    stands: bool = True
    lost_by: EventKey | None = None
    doubted: bool = False
    alone: bool = False

    @property
    def lost(self) -> bool:
        """Was it hers until a correction named somebody else?"""
        return self.lost_by is not None


NOT_HERS, OURS = Hers(None), Hers(Reach.VICTIM)


def hers_of(facts: Iterable[Fact], record: Record) -> dict[EventKey, Hers]:
    """What each of these facts is to the victim whose record it is. What our own services say of her is hers."""
    intake: list[Fact] = []
    hers: dict[EventKey, Hers] = {}
    for fact in facts:
        if fact.origin is Origin.INTAKE:
            intake.append(fact)
        else:
            hers[fact.key] = OURS
    linked = Linked(record)
    for heard in heard_of(record.onlooker, intake):
        hers.update(_of_chain(heard, linked))
    return hers


def _of_chain(heard: Heard, linked: "Linked") -> Iterator[tuple[EventKey, Hers]]:
    chain, reaches = heard.chain, heard.reaches
    standing = [version.fact.key for version in heard.versions if version.standing]
    for index, (fact, reach) in enumerate(zip(chain.versions, reaches, strict=True)):
        yield (
            fact.key,
            Hers(
                reach=reach,
                stands=fact.key in standing,
                lost_by=_lost_by(heard, index) if reach is not None and reaches[-1] is None else None,
                doubted=linked.record.onlooker.is_doubted(fact),
                alone=linked.alone(fact),
            ),
        )
    if chain.retraction is not None:
        yield chain.retraction.key, Hers(_furthest(reaches))


def _lost_by(heard: Heard, index: int) -> EventKey:
    """The version after this one that named somebody else, and no longer her."""
    return heard.chain.versions[heard.reaches.index(None, index)].key


def _furthest(reaches: Sequence[Reach | None]) -> Reach | None:
    """A retraction goes as far as anything that it takes back, where that was hers to the last."""
    if reaches[-1] is None:
        return None
    return Reach.VICTIM if Reach.VICTIM in reaches else Reach.OFFICER


@dataclass(frozen=True)
class Linked:
    """Who was ever linked to the crimes and matters of a victim's record, be it revoked since or not."""

    record: Record
    _alone: dict[tuple[CaseId | None, tuple[str, ...] | None], bool] = field(default_factory=dict, repr=False)

    def alone(self, fact: Fact) -> bool:
        """Was nobody else ever linked to the crime; or to the matter, where it names none that anybody is linked to?"""
        about = fact.case_id, fact.said.crimes
        if about not in self._alone:
            self._alone[about] = self._linked(*about) <= {self.record.victim_id}
        return self._alone[about]

    def _linked(self, case_id: CaseId | None, crimes: tuple[str, ...] | None) -> AbstractSet[VictimId]:
        ties = self.record.onlooker.ties
        of_crimes = [self._by_crime.get(ties.crime_of(crime), frozenset()) for crime in crimes or ()]
        there = frozenset[VictimId]().union(*of_crimes)
        return there or self._by_matter.get(ties.matter_of(case_id or ""), frozenset())

    @cached_property
    def _by_crime(self) -> Mapping[str, AbstractSet[VictimId]]:
        return self._victims(self.record.onlooker.ties.crime_of)

    @cached_property
    def _by_matter(self) -> Mapping[str, AbstractSet[VictimId]]:
        return self._victims(self.record.onlooker.ties.matter_of)

    def _victims(self, to: Callable[[str], str]) -> Mapping[str, AbstractSet[VictimId]]:
        found: defaultdict[str, set[VictimId]] = defaultdict(set)
        for link in self.record.links:
            found[to(link.case_id)].add(link.victim_id)
        return found
