"""What each kept fact is to the victim whose timeline it is. The timeline asks nobody else whom a fact concerns."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from journey.facts.chain import Chain, chains_of
from journey.facts.concern import Reach
from journey.facts.fact import EventKey, Fact, Origin
from journey.facts.news import Found, news_of
from journey.facts.whose import Onlooker
from journey.tellings.record import Record


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


def hers_of(facts: Iterable[Fact], record: Record) -> dict[EventKey, Hers]:
    """What each of these facts is to the victim whose record it is. What our own services say of her is hers."""
    intake: list[Fact] = []
    hers: dict[EventKey, Hers] = {}
    for fact in facts:
        if fact.origin is Origin.INTAKE:
            intake.append(fact)
        else:
            hers[fact.key] = Hers(Reach.VICTIM)
    onlooker = record.onlooker
    found = news_of(onlooker, intake)
    for chain in chains_of(intake):
        if chain.key not in found.elsewhere:
            hers.update(_of_chain(chain, onlooker, found, record))
    return hers


def _of_chain(chain: Chain, onlooker: Onlooker, found: Found, record: Record) -> Iterator[tuple[EventKey, Hers]]:
    reaches = [concern.reach if (concern := onlooker.concern(fact)) else None for fact in chain.versions]
    standing = {version.fact.key for version in found.versions if version.standing}
    for fact, reach in zip(chain.versions, reaches, strict=True):
        yield (
            fact.key,
            Hers(
                reach=reach,
                stands=fact.key in standing,
                lost=reach is not None and reaches[-1] is None,
                doubted=onlooker.is_doubted(fact),
                alone=_alone(fact, onlooker, record),
            ),
        )
    if chain.retraction is not None:
        yield chain.retraction.key, Hers(_furthest(reaches))


def _furthest(reaches: Sequence[Reach | None]) -> Reach | None:
    """A retraction goes as far as anything that it takes back, where that was hers to the last."""
    if reaches[-1] is None:
        return None
    return Reach.VICTIM if Reach.VICTIM in reaches else Reach.OFFICER


def _alone(fact: Fact, onlooker: Onlooker, record: Record) -> bool:
    """Was nobody else ever linked to the crime; or to the matter, where it names none that anybody is linked to?"""
    ties = onlooker.ties
    crimes = {ties.crime_of(case_id) for case_id in fact.said.crimes or ()}
    there = {link.victim_id for link in record.links if ties.crime_of(link.case_id) in crimes}
    if not there:
        matter = ties.matter_of(fact.case_id or "")
        there = {link.victim_id for link in record.links if ties.matter_of(link.case_id) == matter}
    return there <= {record.victim_id}
