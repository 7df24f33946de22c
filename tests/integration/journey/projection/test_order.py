"""What a listing sets off goes by when it was made: an older one that comes late or is put right moves nothing."""

from datetime import timedelta

import pytest
from chassis.consumer.events import ConsumedEvent
from support.journey_facts import (
    AMIRA,
    BORIS,
    MONDAY,
    Journey,
    corrected,
    data_of,
    linked,
    retracted,
    trial,
)

LATER, LATEST = MONDAY + timedelta(days=2), MONDAY + timedelta(days=4)
BATCHES = pytest.mark.parametrize("batches", ["one batch", "a batch each"])


async def take_in(journey: Journey, batches: str, *events: ConsumedEvent) -> None:
    await (journey.apply(*events) if batches == "one batch" else journey.intake(*events))


async def news_of(journey: Journey) -> list[tuple[str, bool]]:
    return [(row["event_id"], row["standing"]) for row in await journey.published("news-arrived")]


async def open_duties(journey: Journey) -> list[str]:
    return [row["event_id"] for row in await journey.rows("SELECT event_id FROM duty WHERE state = 'open' AND NOT leg")]


@BATCHES
async def test_a_corrected_old_listing_is_no_news_and_ends_no_duty_of_the_right_one(
    journey: Journey, batches: str
) -> None:
    link, first, moved = linked(journey, AMIRA), trial(journey, "set"), trial(journey, "changed", at=LATER)
    right = corrected(journey, first, data_of(first), at=LATEST)
    await take_in(journey, batches, link, first, moved, right)
    stands = dict(await news_of(journey))
    assert stands == {first.header.id: False, moved.header.id: True, right.header.id: False}
    assert await open_duties(journey) == [moved.header.id]


@BATCHES
@pytest.mark.parametrize("last", ["changed", "vacated"])
async def test_an_older_listing_that_comes_late_is_no_news_and_ends_no_duty(
    journey: Journey, batches: str, last: str
) -> None:
    link, stands, late = linked(journey, AMIRA), trial(journey, last, at=LATER), trial(journey, "set")
    await take_in(journey, batches, link, stands, late)
    assert dict(await news_of(journey)) == {stands.header.id: True, late.header.id: False}
    assert await open_duties(journey) == [stands.header.id]


async def test_a_victim_linked_late_hears_of_the_latest_listing_whichever_came_last(journey: Journey) -> None:
    link, stands, late = linked(journey, BORIS), trial(journey, "changed", at=LATER), trial(journey, "set")
    right = corrected(journey, late, data_of(late), at=LATEST)
    await journey.intake(link, stands, late, right, linked(journey, AMIRA))
    hers = [row for row in await journey.published("news-arrived") if row["victim"] == AMIRA]
    assert [row["event_id"] for row in hers if row["standing"]] == [stands.header.id]
    assert await open_duties(journey) == [stands.header.id] * 2


async def test_once_the_later_listing_is_taken_back_the_older_one_is_news(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), trial(journey, "set"))
    wrong = trial(journey, "changed", at=LATEST)
    await journey.intake(wrong, retracted(journey, wrong, at=LATEST))
    between = trial(journey, "changed", at=LATER)
    await journey.intake(between)
    assert (between.header.id, True) in await news_of(journey)
    assert await open_duties(journey) == [between.header.id]


async def test_what_is_doubtful_or_about_somebody_else_overtakes_nothing_of_hers(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA, defendant="d-1"))
    other = trial(journey, "changed", hearing="h-2", defendants=["d-2"], at=LATER)
    doubtful = trial(journey, "changed", hearing="h-3", at=LATER, doubt="future-time")
    mine = [trial(journey, "set", hearing=hearing) for hearing in ("h-2", "h-3")]
    await journey.intake(other, doubtful, *mine)
    assert {(event.header.id, True) for event in mine} <= set(await news_of(journey))
