"""Whom a fact names for the first time is announced once, so that a promise can be agreed before there is any news."""

from datetime import timedelta

import pytest
from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from chassis.key_ring import KeyRing
from contracts.ids import VictimId
from journey.facts.heard_store import HeardTable
from journey.projection.published_events import JourneyLog
from support.journey_facts import (
    AMIRA,
    BORIS,
    CASE,
    MONDAY,
    OTHER_CASE,
    Journey,
    a_fact,
    crime_reported,
    linked,
    revoked,
    victim_identified,
)


def report_received(journey: Journey, victim: str) -> ConsumedEvent:
    said = {"report_reference": "AAAA-1111", "wants_support": False, "share_with_police": False}
    return journey.event("intake.report-received", said, victim=victim)


def named_by_each_way(journey: Journey) -> dict[str, ConsumedEvent]:
    return {
        "a report": report_received(journey, AMIRA),
        "the police": victim_identified(journey, AMIRA, name="Amira Example"),
        "a link": linked(journey, AMIRA),
        "a link that was wrong": revoked(journey, AMIRA),
    }


async def heard_of(journey: Journey) -> list[str]:
    return [data["victim"] for data in await journey.published("victim-heard-of")]


@pytest.mark.parametrize("way", ["a report", "the police", "a link", "a link that was wrong"])
async def test_whatever_names_a_victim_first_announces_them(journey: Journey, way: str) -> None:
    named = named_by_each_way(journey)[way]
    await journey.intake(named)
    [said] = await journey.published("victim-heard-of")
    at = (MONDAY + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    assert said == {"event_id": named.header.id, "event_source": named.header.source, "at": at, "victim": AMIRA}


async def test_each_victim_is_announced_once_however_often_and_of_how_many_crimes(journey: Journey) -> None:
    again = [*named_by_each_way(journey).values(), linked(journey, AMIRA, case=OTHER_CASE)]
    await journey.apply(*again, victim_identified(journey, BORIS, name="Boris Example"))
    await journey.apply(victim_identified(journey, AMIRA, name="Amira Example"), linked(journey, BORIS))
    await journey.apply(*again)
    assert sorted(await heard_of(journey)) == sorted([AMIRA, BORIS])


async def test_what_was_announced_before_the_digest_key_changed_is_the_same_afterwards(journey: Journey) -> None:
    fact = a_fact(victim_id=VictimId(AMIRA))
    for keys in (KeyRing.alone(b"k" * 32), KeyRing({"2027": b"n" * 32, "": b"k" * 32})):
        async with journey.pool.acquire() as connection, connection.transaction():
            await JourneyLog(keys, 1).announce(connection, heard=[fact])
    assert await heard_of(journey) == [AMIRA]


async def test_a_fact_that_names_nobody_announces_nobody(journey: Journey) -> None:
    await journey.intake(crime_reported(journey))
    assert await heard_of(journey) == []


async def test_a_victim_is_announced_before_anything_else_of_theirs(journey: Journey) -> None:
    named = victim_identified(journey, AMIRA, name="Amira Example", warning="Letters only")
    await journey.apply(crime_reported(journey), linked(journey, AMIRA, case=CASE), named)
    rows = await journey.rows("SELECT type FROM log ORDER BY position")
    assert [row["type"] for row in rows][:2] == ["journey.victim-heard-of.v1", "journey.safe-contact-warned.v1"]


async def test_projecting_the_same_facts_again_announces_nothing_anew(journey: Journey) -> None:
    said = named_by_each_way(journey).values()
    await journey.intake(*said)
    await journey.rows("TRUNCATE fact, victim_heard_of")
    await journey.intake(*said)
    assert await heard_of(journey) == [AMIRA]


class Rolled(Exception):
    """The transaction fails after all."""


async def test_what_is_rolled_back_is_announced_by_the_next_try(journey: Journey) -> None:
    table = HeardTable()

    async def once(connection: Connection) -> set[VictimId]:
        return await table.note(connection, [VictimId(AMIRA)])

    async with journey.pool.acquire() as connection:
        with pytest.raises(Rolled):
            async with connection.transaction():
                assert await once(connection) == {AMIRA}
                raise Rolled
        assert await once(connection) == {AMIRA}
        assert await once(connection) == set()


async def test_a_batch_of_victims_who_were_found_before_costs_no_statement(journey: Journey) -> None:
    table = HeardTable()
    async with journey.pool.acquire() as connection:
        for _ in range(2):
            await table.note(connection, [VictimId(AMIRA), VictimId(BORIS)])
    # A connection that was given back answers to any statement with an error.
    assert await table.note(connection, [VictimId(BORIS), VictimId(AMIRA)]) == set()
