"""What each kept fact is to the victim whose timeline it is. The timeline asks nobody else whom a fact concerns."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from contracts.ids import CaseId, VictimId

from journey.facts.concern import Reach
from journey.facts.fact import EventKey, Fact, Origin
from journey.facts.matter import Member, concerns_of
from journey.facts.standing import replaced_among


class Hers(msgspec.Struct, frozen=True):
    """One fact and one victim. A `reach` of None: it is not hers, and never was or was only thought to be.

    `stands` until another took its place: put it right, or followed it in its thread. `lost`: it was hers until a
    correction named somebody else. `doubted`: a doubt is all that keeps it from her. `alone`: no other victim was ever
    linked to the crime.
    """

    reach: Reach | None
    stands: bool = True
    lost: bool = False
    doubted: bool = False
    alone: bool = False


NOT_HERS = Hers(None)


@dataclass(frozen=True, slots=True)
class Links:
    """A victim's links by matter, the doubts that an officer cleared, and the cases that harmed nobody else."""

    victim_id: VictimId
    members: Mapping[str, Member]
    cleared: frozenset[EventKey]
    alone_in: Collection[CaseId] = frozenset()


def hers_of(facts: Sequence[tuple[Fact, str | None]], links: Links) -> dict[EventKey, Hers]:
    """What each of these facts, with the matter that it is in, is to the victim."""
    reaches = _reaches(facts, links)
    lost, replaced = _lost((fact for fact, _ in facts), reaches), _replaced(facts)
    return {
        fact.key: Hers(
            reach=reaches[fact.key],
            stands=fact.key not in replaced,
            lost=fact.key in lost,
            doubted=_in_doubt(fact, links) and _reach(fact, root_id, links, doubtful=False) is Reach.VICTIM,
            alone=fact.case_id in links.alone_in,
        )
        for fact, root_id in facts
    }


def _reaches(facts: Sequence[tuple[Fact, str | None]], links: Links) -> dict[EventKey, Reach | None]:
    """Each question is asked once: many facts of a matter are about the same accused."""
    known: dict[object, Reach | None] = {}
    reaches = {}
    for fact, root_id in facts:
        asked = (fact.origin, root_id, fact.victim_id, fact.accused, _in_doubt(fact, links))
        if asked not in known:
            known[asked] = _reach(fact, root_id, links)
        reaches[fact.key] = known[asked]
    return reaches


def _in_doubt(fact: Fact, links: Links) -> bool:
    return bool(fact.doubt) and fact.key not in links.cleared


def _reach(fact: Fact, root_id: str | None, links: Links, *, doubtful: bool | None = None) -> Reach | None:
    if fact.origin is not Origin.INTAKE:
        return Reach.VICTIM
    member = links.members.get(root_id or "")
    doubted = _in_doubt(fact, links) if doubtful is None else doubtful
    concerns = concerns_of(fact, [member] if member else [], doubtful=doubted)
    return next((concern.reach for concern in concerns if concern.victim_id == links.victim_id), None)


def _lost(facts: Iterable[Fact], reaches: Mapping[EventKey, Reach | None]) -> set[EventKey]:
    """What was said of her until the last correction said it of somebody else."""
    amendments: defaultdict[EventKey, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.original is not None:
            amendments[fact.original].append(fact)
    lost: set[EventKey] = set()
    for original, following in amendments.items():
        *earlier, last = sorted(following, key=lambda fact: fact.position)
        if reaches[last.key] is None:
            lost.update((original, *(fact.key for fact in earlier)))
    return {key for key in lost if reaches.get(key) is not None}


def _replaced(facts: Sequence[tuple[Fact, str | None]]) -> frozenset[EventKey]:
    matters: defaultdict[str | None, list[Fact]] = defaultdict(list)
    for fact, root_id in facts:
        matters[root_id].append(fact)
    amended = [fact.original for fact, _ in facts if fact.original is not None]
    return frozenset().union(*(replaced_among(matter, amended) for matter in matters.values()))
