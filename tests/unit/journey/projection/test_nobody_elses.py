"""In no random journey is anything a victim's that no link of hers leads to, or owed without a clock."""

import asyncio
from collections.abc import Iterator, Sequence

import pytest
from contracts.duties import rows_triggered_by
from contracts.duty import Kind
from journey.duties.duty import DutyState
from journey.facts.concern import Reach
from journey.facts.fact import Fact
from journey.facts.news import news_of
from journey.facts.ties import Link, Merge
from journey.projection.journey import journey_of
from journey.tellings.record import Record
from support.random_journeys import RandomJourney
from support.settled_journeys import CALENDAR, SettledJourneys

SEEDS, EACH = 200, 50


def joined(case_id: str, merges: Sequence[Merge]) -> set[str]:
    """All cases that these merges make one with this one, found step by step."""
    found = {case_id}
    for _ in merges:
        found |= {case for merge in merges for case in (merge.merged, merge.into) if {merge.merged, merge.into} & found}
    return found


def leads_to(link: Link, fact: Fact, record: Record) -> bool:
    """Does this link make the fact hers, as far as crimes go?"""
    standing = [merge for merge in record.merges if merge.stands]
    if link.case_id not in joined(fact.case_id or "", standing):
        return False
    same = [merge for merge in standing if merge.same_crime]
    named = fact.said.crimes
    return named is None or any(link.case_id in joined(case_id, same) for case_id in named)


def by_the_accused(links: Sequence[Link], fact: Fact) -> bool:
    """Do these links name the offence, or where either names none the accused?"""
    offences = {offence for link in links for offence in link.accused.offences}
    defendants = {defendant for link in links for defendant in link.accused.defendants}
    if not fact.accused.named or fact.accused.offences & offences:
        return True
    return not (fact.accused.offences and offences) and bool(fact.accused.defendants & defendants)


def records_of(seed: int) -> Iterator[Record]:
    async def lived() -> SettledJourneys:
        world = SettledJourneys()
        for batch in RandomJourney(seed).arrivals(shuffled=False):
            await world.apply(batch)
        return world

    world = asyncio.run(lived())
    return (world.held.record(victim) for victim in sorted(world.held.victims()))


@pytest.mark.parametrize("first", range(0, SEEDS, EACH))
def test_what_reaches_a_victim_is_what_a_link_of_hers_leads_to(first: int) -> None:
    for seed in range(first, first + EACH):
        for record in records_of(seed):
            hers = [link for link in record.links if link.stands and link.victim_id == record.victim_id]
            for version in news_of(record.onlooker, record.facts).versions:
                fact = version.fact
                if version.concern.reach is not Reach.VICTIM or fact.victim_id == record.victim_id:
                    continue
                assert fact.victim_id is None, f"seed {seed}: a fact about another victim"
                assert not fact.doubt or fact.key in record.cleared, f"seed {seed}: a doubtful fact"
                assert any(leads_to(link, fact, record) for link in hers), f"seed {seed}: no link leads to {fact.key}"
                there = joined(fact.case_id or "", [merge for merge in record.merges if merge.stands])
                in_it = [link for link in hers if link.case_id in there]
                assert by_the_accused(in_it, fact), f"seed {seed}: the accused of {fact.key} is nobody of hers"


@pytest.mark.parametrize("first", range(0, SEEDS, EACH))
def test_whatever_stands_and_owes_something_has_a_duty_with_a_clock(first: int) -> None:
    for seed in range(first, first + EACH):
        for record in records_of(seed):
            duties = journey_of(record, calendar=CALENDAR).duties
            running = [(duty.duty.id, duty.subject, duty.reach) for duty in duties if duty.state is DutyState.OPEN]
            assert len(running) == len(set(running)), f"seed {seed}: owed twice"
            assert all(duty.deadline.reminder_at >= duty.deadline.opened_at for duty in duties)
            of_each = {duty.duty.id for duty in duties if duty.state is not DutyState.SUPERSEDED}
            for version in news_of(record.onlooker, record.facts).versions:
                rows = rows_triggered_by(version.fact.says) if version.standing and not version.fact.backfill else ()
                owed = [row for row in rows if row.kind is Kind.DUTY and row.applies_if is None]
                assert all(row.id in of_each for row in owed), f"seed {seed}: {version.fact.key} owes nothing"
