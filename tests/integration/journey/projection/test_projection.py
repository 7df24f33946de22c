"""Facts become news and duties once per victim, whatever the order of links, merges and repeats."""

from datetime import datetime, timedelta

from contracts.events import parse_recorded
from contracts.ids import VictimId
from journey.facts.fact import EventKey, news_id_of
from support.journey_facts import (
    AMIRA,
    BORIS,
    CASE,
    MONDAY,
    OTHER_CASE,
    Journey,
    corrected,
    crime_reported,
    data_of,
    linked,
    merged,
    retracted,
    revoked,
    trial,
    verdict,
)


async def test_a_fact_is_news_for_each_victim_of_its_case(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), linked(journey, BORIS), crime_reported(journey))
    news = await journey.published("news-arrived")
    assert {item["victim"] for item in news} == {AMIRA, BORIS}
    assert all(item["reach"] == "victim" and item["standing"] for item in news)


async def test_the_news_id_follows_from_event_and_victim(journey: Journey) -> None:
    event = crime_reported(journey)
    await journey.intake(linked(journey, AMIRA), event)
    [news] = await journey.published("news-arrived")
    assert news["news_id"] == news_id_of(EventKey(event.header.source, event.header.id), VictimId(AMIRA))


async def test_a_repeated_batch_changes_nothing(journey: Journey) -> None:
    link, crime, listing = linked(journey, AMIRA), crime_reported(journey), trial(journey, "set")
    for _ in range(3):
        await journey.apply(link, crime, listing)
    assert len(await journey.published("news-arrived")) == 2
    assert len(await journey.published("duty-opened")) == 2
    assert len(await journey.rows("SELECT 1 FROM fact")) == 3


async def test_a_victim_linked_late_hears_what_still_stands(journey: Journey) -> None:
    await journey.intake(
        crime_reported(journey), trial(journey, "set"), trial(journey, "changed"), linked(journey, VictimId(AMIRA))
    )
    news = {item["event_type"]: item["standing"] for item in await journey.published("news-arrived")}
    assert news == {
        "police.crime-reported.v1": True,
        "court.trial-date-set.v1": False,
        "court.trial-date-changed.v1": True,
    }


async def test_a_victim_linked_late_hears_only_the_last_of_several_corrections(journey: Journey) -> None:
    crime = crime_reported(journey)
    wrong, right = corrected(journey, crime, data_of(crime)), corrected(journey, crime, data_of(crime))
    await journey.intake(crime, wrong, right)
    await journey.intake(linked(journey, AMIRA, at=MONDAY + timedelta(days=2)))
    standing = {news["event_id"] for news in await journey.published("news-arrived") if news["standing"]}
    assert standing == {right.header.id}


async def test_a_victim_linked_after_a_corrected_fact_was_taken_back_hears_nothing_of_it(journey: Journey) -> None:
    crime = crime_reported(journey)
    await journey.intake(crime, corrected(journey, crime, data_of(crime)), retracted(journey, crime))
    await journey.intake(linked(journey, AMIRA, at=MONDAY + timedelta(days=2)))
    assert not [news for news in await journey.published("news-arrived") if news["standing"]]


async def test_late_and_live_news_never_double(journey: Journey) -> None:
    await journey.intake(crime_reported(journey), linked(journey, AMIRA), trial(journey, "set"))
    await journey.intake(linked(journey, AMIRA, link="again", defendant="d-1"))
    assert len(await journey.published("news-arrived")) == 2


async def test_a_merge_brings_the_other_cases_facts_once(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey))
    await journey.intake(trial(journey, "set", case=OTHER_CASE), merged(journey, CASE, OTHER_CASE))
    await journey.intake(merged(journey, OTHER_CASE, CASE), linked(journey, AMIRA, case=OTHER_CASE))
    assert [item["event_type"] for item in await journey.published("news-arrived")] == [
        "police.crime-reported.v1",
        "court.trial-date-set.v1",
    ]


async def test_a_revoked_link_brings_no_more_news(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), linked(journey, BORIS), revoked(journey, AMIRA), verdict(journey))
    assert {item["victim"] for item in await journey.published("news-arrived")} == {BORIS}


async def test_a_fact_about_an_accused_to_whom_no_link_is_known_reaches_the_officer_then_her(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), verdict(journey, defendant="d-1"))
    await journey.intake(linked(journey, AMIRA, link="officer confirmed", defendant="d-1"))
    first, second = await journey.published("news-arrived")
    assert (first["reach"], second["reach"]) == ("officer", "victim")
    assert first["news_id"] == second["news_id"]
    assert [(duty["duty_id"], duty["reach"]) for duty in await journey.published("duty-opened")] == [
        ("R9-OUTCOME", "officer")
    ]
    assert [duty["reach"] for duty in await journey.published("duty-changed")] == ["victim"]


async def test_a_fact_about_another_accused_is_not_hers(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), linked(journey, BORIS, defendant="d-2"))
    await journey.intake(verdict(journey, defendant="d-2"))
    assert {item["victim"] for item in await journey.published("news-arrived")} == {BORIS}


async def test_a_doubtful_fact_reaches_the_officer_until_the_doubt_is_cleared(journey: Journey) -> None:
    doubtful = crime_reported(journey, doubt="urn-pattern")
    await journey.intake(linked(journey, AMIRA), doubtful)
    [duty] = await journey.published("duty-opened")
    assert duty["reach"] == "officer"
    said = {
        "event_source": doubtful.header.source,
        "event_id": doubtful.header.id,
        "by": {"kind": "officer", "subject": "officer-1"},
    }
    cleared_at = MONDAY + timedelta(days=10)
    await journey.intake(journey.event("intake.doubt-cleared", said, at=cleared_at, recorded=cleared_at))
    assert [item["reach"] for item in await journey.published("news-arrived")] == ["officer", "victim"]
    [restated] = await journey.published("duty-changed")
    assert (restated["duty_key"], restated["reach"]) == (duty["duty_key"], "victim")
    assert restated["due_at"] == duty["due_at"], "our own delay resets no clock"
    assert datetime.fromisoformat(restated["due_at"]) < cleared_at


async def test_history_filled_in_carries_its_mark_and_opens_no_duty(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey, backfill=True))
    [news] = await journey.published("news-arrived")
    assert news["backfill"] is True
    assert not await journey.published("duty-opened")


async def test_a_correction_reaches_whoever_heard_of_the_original(journey: Journey) -> None:
    wrong = verdict(journey, defendant="d-1")
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), linked(journey, BORIS, defendant="d-2"), wrong)
    await journey.intake(corrected(journey, wrong, {**data_of(wrong), "defendant_id": "d-2"}))
    first, gained = await journey.published("news-arrived")
    assert (first["victim"], gained["victim"], gained.get("corrects_news")) == (AMIRA, BORIS, None)
    assert gained["says_type"] == "court.verdict-reached.v1"
    assert [(lost["victim"], lost["news_id"]) for lost in await journey.published("news-withdrawn")] == [
        (AMIRA, first["news_id"])
    ]


async def test_everything_published_fits_its_contract(journey: Journey) -> None:
    wrong = trial(journey, "set")
    await journey.intake(linked(journey, AMIRA), crime_reported(journey), wrong, trial(journey, "changed"))
    await journey.intake(retracted(journey, wrong))
    bodies = [row["body"] for row in await journey.rows("SELECT body FROM log")]
    kinds = {parse_recorded(body).envelope.type for body in bodies}
    assert kinds == {f"journey.{fact}.v1" for fact in ("victim-heard-of", "news-arrived", "duty-opened", "duty-met")}
