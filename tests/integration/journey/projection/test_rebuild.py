"""On real tables too what is kept is what the whole record says; to compute it all anew announces nothing."""

import pytest
from chassis.key_ring import KeyRing
from chassis.working_days import england_and_wales
from contracts.ids import VictimId
from journey.duties.store import DutyTable
from journey.facts.news_store import NewsTable
from journey.facts.store import FactTable
from journey.main import settling_over
from journey.projection.consumer_facts import fact_again
from journey.projection.journey import journey_of
from journey.projection.locking import Turns
from journey.projection.published_events import JourneyLog
from journey.projection.rebuilding import Looked, Rebuilding
from journey.tellings.record_store import Records
from support.journey_facts import AMIRA, Journey, crime_reported, linked, verdict
from support.random_journeys import VICTIMS, RandomJourney
from support.settled_journeys import SettledJourneys


async def rebuilt(journey: Journey) -> Looked:
    settling = settling_over(JourneyLog(KeyRing.alone(b"k" * 32), 1))
    return await Rebuilding(journey.pool, settling, FactTable(), Turns(), fact_again).run()


@pytest.mark.parametrize("seed", range(9_000, 9_016))
async def test_a_random_journey_is_on_real_tables_what_it_is_in_memory_and_what_the_record_says(
    journey: Journey, seed: int
) -> None:
    world = SettledJourneys()
    for batch in RandomJourney(seed).arrivals(shuffled=seed % 2 == 0):
        await journey.apply(*batch)
        await world.apply(batch)
    async with journey.pool.acquire() as connection:
        kept = {one.news_id: one for one in await NewsTable().kept(connection, VICTIMS)}
        duties = {one.key: one for one in await DutyTable().kept(connection, VICTIMS)}
        records = await Records().of(connection, VICTIMS)
    assert kept == world.held.news
    assert duties == world.held.duties
    by_record = [news for record in records for news in journey_of(record, calendar=england_and_wales()).news]
    assert {news.news_id: news.standing for news in by_record} == {
        one.news_id: one.standing for one in kept.values() if not one.withdrawn
    }
    assert (await rebuilt(journey)).differences == 0


async def test_what_an_older_release_read_less_of_is_announced_once(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), linked(journey, AMIRA, defendant="d-1", link="accused"))
    await journey.intake(crime_reported(journey), verdict(journey))
    await journey.rows("UPDATE fact SET said = NULL, defendants = NULL")
    await journey.rows("DELETE FROM duty")
    looked = await rebuilt(journey)
    assert (looked.journeys, looked.differences) == (1, 3), "the two duties towards her, and the court's own leg"
    assert str(await rebuilt(journey)) == "1 journeys looked through: 0 differences announced."
    owed = await journey.rows("SELECT duty_id FROM duty WHERE NOT leg ORDER BY duty_id")
    assert [row["duty_id"] for row in owed] == ["R4-REFERRAL", "R9-OUTCOME"]
    assert VictimId(AMIRA) in [row["victim"] for row in await journey.published("news-arrived")]
