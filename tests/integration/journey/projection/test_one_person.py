"""On real tables: two ids of one person are one journey, and each its own again once that is taken back."""

from datetime import timedelta

from contracts.ids import VictimId
from journey.facts.fact import EventKey, news_id_of
from support.journey_facts import (
    AMIRA,
    BORIS,
    MONDAY,
    OTHER_CASE,
    Journey,
    crime_reported,
    linked,
    persons_joined,
    persons_parted,
    revoked,
    told_in_person,
    trial,
    verdict,
    victim_identified,
)

OPEN = "SELECT DISTINCT victim_id::text AS victim FROM duty WHERE state = 'open' AND NOT leg"


async def owed_to(journey: Journey) -> set[str]:
    return {row["victim"] for row in await journey.rows(OPEN)}


async def test_news_of_the_one_goes_on_under_the_other_and_is_owed_once(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), linked(journey, BORIS), crime_reported(journey))
    assert await owed_to(journey) == {AMIRA, BORIS}
    await journey.intake(persons_joined(journey, AMIRA, BORIS))
    assert await owed_to(journey) == {BORIS}
    [withdrawn] = await journey.published("news-withdrawn")
    assert (withdrawn["victim"], withdrawn["moved_to"]) == (AMIRA, BORIS)
    await journey.intake(trial(journey, "set"))
    assert [row["victim"] for row in await journey.published("news-arrived")][2:] == [BORIS]


async def test_what_she_was_told_under_one_id_is_told_under_the_other(journey: Journey) -> None:
    found = verdict(journey)
    await journey.intake(linked(journey, AMIRA), found, linked(journey, BORIS, case=OTHER_CASE))
    await journey.apply(told_in_person(journey, AMIRA, found))
    await journey.intake(persons_joined(journey, AMIRA, BORIS))
    [said] = [row for row in await journey.published("news-arrived") if row["victim"] == BORIS]
    assert said["news_id"] == news_id_of(EventKey(found.header.source, found.header.id), VictimId(BORIS))
    assert said["told_at"].startswith(found.header.time.isoformat()[:19])
    assert await owed_to(journey) == set()


async def test_what_she_is_told_under_the_id_that_was_left_meets_what_is_owed_under_the_other(
    journey: Journey,
) -> None:
    found = verdict(journey)
    await journey.intake(linked(journey, AMIRA), found, persons_joined(journey, AMIRA, BORIS))
    assert await owed_to(journey) == {BORIS}
    await journey.apply(told_in_person(journey, AMIRA, found))
    assert await owed_to(journey) == set()


async def test_a_parting_gives_each_her_own_again(journey: Journey) -> None:
    mine, theirs = crime_reported(journey), crime_reported(journey, case=OTHER_CASE)
    await journey.intake(linked(journey, AMIRA), mine, linked(journey, BORIS, case=OTHER_CASE), theirs)
    await journey.intake(persons_joined(journey, AMIRA, BORIS), persons_parted(journey, AMIRA, BORIS))
    assert await owed_to(journey) == {AMIRA, BORIS}
    hers = await journey.rows("SELECT victim_id::text AS victim, id FROM news WHERE withdrawn_at IS NULL")
    assert {(row["victim"], row["id"]) for row in hers} == {(AMIRA, mine.header.id), (BORIS, theirs.header.id)}
    last = (await journey.published("news-withdrawn"))[-1]
    assert (last["victim"], last.get("moved_to")) == (BORIS, None)


async def test_a_parting_that_comes_before_its_join_joins_nobody(journey: Journey) -> None:
    join, part = persons_joined(journey, AMIRA, BORIS), persons_parted(journey, AMIRA, BORIS)
    await journey.intake(linked(journey, AMIRA), linked(journey, BORIS), crime_reported(journey), part, join)
    assert await owed_to(journey) == {AMIRA, BORIS}


async def test_a_parting_in_one_batch_with_what_was_wrong_of_her_own_is_put_right_under_her_own_id(
    journey: Journey,
) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey), persons_joined(journey, AMIRA, BORIS))
    await journey.apply(persons_parted(journey, AMIRA, BORIS), revoked(journey, AMIRA))
    withdrawn = [(row["victim"], row.get("moved_to")) for row in await journey.published("news-withdrawn")]
    assert withdrawn[0] == (AMIRA, BORIS)
    assert sorted(withdrawn[1:]) == sorted([(AMIRA, None), (BORIS, None)])


async def test_what_makes_contact_unsafe_with_one_id_does_with_the_one_that_goes_on(journey: Journey) -> None:
    named = victim_identified(journey, AMIRA, name="Amira Example", warning="Do not ring", at=MONDAY)
    await journey.intake(linked(journey, AMIRA), linked(journey, BORIS), named)
    await journey.intake(persons_joined(journey, AMIRA, BORIS))
    assert [row["victim"] for row in await journey.published("safe-contact-warned")] == [AMIRA, BORIS]


async def test_where_nothing_was_warned_of_a_join_warns_of_nothing(journey: Journey) -> None:
    later = MONDAY + timedelta(days=1)
    await journey.intake(linked(journey, AMIRA), victim_identified(journey, AMIRA, name="Amira Example", at=later))
    await journey.intake(persons_joined(journey, AMIRA, BORIS))
    assert await journey.published("safe-contact-warned") == []
