"""Whatever order and batches a journey comes in, what is kept is what the whole record says at once."""

import asyncio
import os
from datetime import datetime

import pytest
from contracts.ids import NewsId
from journey.duties.duty import DutyState, Ending, OwedDuty
from journey.facts.concern import Reach
from journey.projection.journey import Journey
from support.random_journeys import RandomJourney
from support.settled_journeys import SettledJourneys

SEQUENCES = int(os.environ.get("JOURNEYS", "300"))  # noqa: TID251 how many, for a long run by hand
EACH = 100


Said = tuple[str, str, Reach, bool, str | None, datetime | None]
Owed = tuple[str, str, str, datetime, datetime, Reach, Ending | None]


def kept_as(world: SettledJourneys) -> tuple[set[Said], set[Owed]]:
    """The news and duties that are kept and were not taken back."""
    news: set[Said] = {
        (one.news_id, one.victim_id, one.reach, one.standing, one.corrects, one.told_at)
        for one in world.held.news.values()
        if not one.withdrawn
    }
    duties: set[Owed] = {
        (one.key, one.victim_id, one.subject, one.due_at, one.reminder_at, one.reach, one.ending)
        for one in world.held.duties.values()
    }
    return news, duties


def said_by(journeys: dict[str, Journey]) -> tuple[set[Said], set[Owed]]:
    """The same by the record."""
    news: set[Said] = {
        (one.news_id, one.victim_id, one.reach, one.standing, one.corrects, one.told_at)
        for journey in journeys.values()
        for one in journey.news
    }
    duties: set[Owed] = {_owed(duty) for journey in journeys.values() for duty in journey.duties}
    return news, duties


def moved_in(world: SettledJourneys) -> dict[str, str | None]:
    """Of all that was withdrawn, under which id it was said to go on."""
    return {one.news_id: one.moved_to for one in world.held.news.values() if one.withdrawn}


def moved_by(world: SettledJourneys) -> dict[str, str | None]:
    """The same by the record."""
    moved = {key: into for journey in world.by_the_record().values() for key, into in journey.moved.items()}
    return {key: moved.get(NewsId(key)) for key in moved_in(world)}


def _owed(duty: OwedDuty) -> Owed:
    deadline = duty.deadline
    return duty.key, duty.victim_id, duty.subject, deadline.due_at, deadline.reminder_at, duty.reach, duty.ending


async def lived(seed: int, *, shuffled: bool) -> SettledJourneys:
    """A random journey, projected batch by batch."""
    world = SettledJourneys()
    for batch in RandomJourney(seed).arrivals(shuffled=shuffled):
        await world.apply(batch)
    return world


@pytest.mark.parametrize("first", range(0, SEQUENCES, EACH))
def test_what_is_kept_is_what_the_whole_record_says(first: int) -> None:
    for seed in range(first, first + EACH):
        for shuffled in (False, True):
            world = asyncio.run(lived(seed, shuffled=shuffled))
            news, duties = kept_as(world)
            by_record = said_by(world.by_the_record())
            assert news == by_record[0], f"news of seed {seed}, shuffled {shuffled}"
            assert moved_in(world) == moved_by(world), f"where news of seed {seed} went, shuffled {shuffled}"
            assert duties >= by_record[1], f"duties of seed {seed}, shuffled {shuffled}"
            assert all(
                one.ending is not None and one.ending.state is DutyState.SUPERSEDED
                for one in world.held.duties.values()
                if one.key not in {duty[0] for duty in by_record[1]}
            ), f"a duty of seed {seed} is owed for what is not hers"
