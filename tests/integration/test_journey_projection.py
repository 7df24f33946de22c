"""Facts become news and duties once per victim, whatever the order of links, merges and repeats."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
from contracts.events import parse_recorded
from contracts.ids import VictimId
from journey.domain.fact import EventKey, news_id_of
from support.journey_facts import (
    AMIRA,
    BORIS,
    CASE,
    MONDAY,
    OTHER_CASE,
    Journey,
    a_journey,
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


@pytest.fixture
async def journey(database: Callable[[str], str]) -> AsyncIterator[Journey]:
    async with a_journey(database("journey")) as made:
        yield made


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


async def test_a_revoked_link_ends_what_was_owed_for_that_case_alone(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), linked(journey, BORIS), trial(journey, "set"))
    await journey.intake(linked(journey, AMIRA, case=OTHER_CASE), trial(journey, "set", hearing="h-2", case=OTHER_CASE))
    wrong = revoked(journey, AMIRA)
    await journey.intake(wrong)
    still_open = await journey.rows("SELECT victim_id::text, case_id::text FROM duty WHERE state = 'open'")
    assert {(row["victim_id"], row["case_id"]) for row in still_open} == {(BORIS, CASE), (AMIRA, OTHER_CASE)}
    [ended] = await journey.published("duty-met")
    assert (ended["victim"], ended["met_by"]) == (AMIRA, "event")
    assert datetime.fromisoformat(ended["at"]) == wrong.recorded_at


async def test_a_fact_about_an_accused_to_whom_no_link_is_known_reaches_the_officer_then_her(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), verdict(journey, defendant="d-1"))
    await journey.intake(linked(journey, AMIRA, link="officer confirmed", defendant="d-1"))
    first, second = await journey.published("news-arrived")
    assert (first["reach"], second["reach"]) == ("officer", "victim")
    assert first["news_id"] == second["news_id"]
    assert [duty["duty_id"] for duty in await journey.published("duty-opened")] == ["R9-OUTCOME"]


async def test_a_fact_about_another_accused_is_not_hers(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), linked(journey, BORIS, defendant="d-2"))
    await journey.intake(verdict(journey, defendant="d-2"))
    assert {item["victim"] for item in await journey.published("news-arrived")} == {BORIS}


async def test_a_doubtful_fact_reaches_the_officer_until_the_doubt_is_cleared(journey: Journey) -> None:
    doubtful = crime_reported(journey, doubt="urn-pattern")
    await journey.intake(linked(journey, AMIRA), doubtful)
    assert not await journey.published("duty-opened")
    said = {
        "event_source": doubtful.header.source,
        "event_id": doubtful.header.id,
        "by": {"kind": "officer", "subject": "officer-1"},
    }
    cleared_at = MONDAY + timedelta(days=10)
    await journey.intake(journey.event("intake.doubt-cleared", said, at=cleared_at, recorded=cleared_at))
    assert [item["reach"] for item in await journey.published("news-arrived")] == ["officer", "victim"]
    [duty] = await journey.published("duty-opened")
    assert datetime.fromisoformat(duty["due_at"]) > cleared_at


async def test_history_filled_in_carries_its_mark_and_opens_no_duty(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey, backfill=True))
    [news] = await journey.published("news-arrived")
    assert news["backfill"] is True
    assert not await journey.published("duty-opened")


async def test_a_correction_reaches_whoever_heard_of_the_original(journey: Journey) -> None:
    wrong = verdict(journey, defendant="d-1")
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), linked(journey, BORIS, defendant="d-2"), wrong)
    await journey.intake(corrected(journey, wrong, {**data_of(wrong), "defendant_id": "d-2"}))
    first, *rest = await journey.published("news-arrived")
    assert {item["victim"]: item.get("corrects_news") for item in rest} == {AMIRA: first["news_id"], BORIS: None}


async def test_a_retraction_ends_what_was_owed(journey: Journey) -> None:
    wrong = verdict(journey)
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), wrong, retracted(journey, wrong))
    taken_back = (await journey.published("news-arrived"))[-1]
    assert taken_back["retracts"] is True
    assert [row["state"] for row in await journey.rows("SELECT state FROM duty")] == ["superseded"]
    assert len(await journey.published("duty-met")) == 1


async def test_a_retraction_ends_what_a_correction_of_the_same_fact_made_owed(journey: Journey) -> None:
    wrong = verdict(journey)
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), wrong, corrected(journey, wrong, data_of(wrong)))
    assert "open" in [row["state"] for row in await journey.rows("SELECT state FROM duty")]
    await journey.intake(retracted(journey, wrong))
    assert {row["state"] for row in await journey.rows("SELECT state FROM duty")} == {"superseded"}


async def test_a_changed_date_replaces_the_duty_of_the_former(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), trial(journey, "set"), trial(journey, "changed"))
    assert [row["state"] for row in await journey.rows("SELECT state FROM duty ORDER BY opened_at, state")] == [
        "open",
        "superseded",
    ]


async def test_in_one_batch_only_the_last_date_is_owed(journey: Journey) -> None:
    await journey.apply(linked(journey, AMIRA), trial(journey, "set"), trial(journey, "changed"))
    states = {row["event_type"]: row["state"] for row in await journey.rows("SELECT event_type, state FROM duty")}
    assert states == {"court.trial-date-set.v1": "superseded", "court.trial-date-changed.v1": "open"}


async def test_a_referral_meets_the_duty_to_refer_whichever_comes_first(journey: Journey) -> None:
    referral = {
        "references": data_of(crime_reported(journey))["references"],
        "victim": {"issuer": "99", "number": "1"},
        "referral_id": "r-1",
        "service": "A service",
        "referred_by": "police",
    }
    await journey.intake(
        linked(journey, AMIRA), journey.event("support.referral-made", referral, victim=AMIRA), crime_reported(journey)
    )
    assert [row["state"] for row in await journey.rows("SELECT state FROM duty")] == ["met"]
    assert [duty["met_by"] for duty in await journey.published("duty-met")] == ["event"]


async def test_what_she_declines_herself_is_not_owed(journey: Journey) -> None:
    declined = {
        "references": data_of(crime_reported(journey))["references"],
        "victim": {"issuer": "99", "number": "1"},
        "referral_id": "r-1",
        "service": "A service",
        "declined_by": "victim",
    }
    await journey.intake(linked(journey, AMIRA), crime_reported(journey))
    await journey.intake(journey.event("support.referral-declined", declined, victim=AMIRA))
    assert [row["state"] for row in await journey.rows("SELECT state FROM duty")] == ["exempt"]


async def test_the_charge_is_owed_once_per_case(journey: Journey) -> None:
    charge = {"references": data_of(crime_reported(journey))["references"]}
    await journey.intake(linked(journey, AMIRA), journey.event("cps.charge-authorised", charge))
    await journey.intake(journey.event("police.suspect-charged", charge))
    assert [duty["duty_id"] for duty in await journey.published("duty-opened")] == ["R6-CHARGE"]


async def test_a_verdict_is_due_at_the_end_of_the_next_working_day(journey: Journey) -> None:
    friday = datetime(2026, 12, 24, 15, 0, tzinfo=UTC)
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), verdict(journey, at=friday, recorded=friday))
    [duty] = await journey.published("duty-opened")
    assert duty["due_at"].startswith("2026-12-29T23:59:59")


@pytest.mark.parametrize("told", ["before the fact", "after the fact"])
async def test_seeing_the_news_meets_its_duty(journey: Journey, told: str) -> None:
    event = verdict(journey)
    news_id = news_id_of(EventKey(event.header.source, event.header.id), VictimId(AMIRA))
    seen_at = MONDAY + timedelta(hours=3)
    said = {"news_id": news_id, "seen_at": seen_at.isoformat()}
    seen = journey.event("notifications.news-seen", said, case=None, victim=AMIRA)
    facts = [linked(journey, AMIRA, defendant="d-1"), event]
    await journey.intake(*([seen, *facts] if told == "before the fact" else [*facts, seen]))
    [met] = await journey.published("duty-met")
    assert (met["met_by"], datetime.fromisoformat(met["at"])) == ("seen", seen_at)


async def test_a_contact_meets_the_duties_it_names_over_several_crimes(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), linked(journey, AMIRA, case=OTHER_CASE))
    await journey.intake(crime_reported(journey), crime_reported(journey, case=OTHER_CASE))
    keys = [duty["duty_key"] for duty in await journey.published("duty-opened")]
    said = {
        "contact_id": keys[0],
        "made_at": MONDAY.isoformat(),
        "how": "phone",
        "duty_keys": keys,
        "made_by": "officer-1",
    }
    await journey.intake(journey.event("witness-care.contact-made", said, case=None, victim=AMIRA))
    assert [duty["met_by"] for duty in await journey.published("duty-met")] == ["contact", "contact"]


async def test_a_contact_cannot_meet_another_victims_duty(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey))
    [duty] = await journey.published("duty-opened")
    said = {
        "contact_id": duty["duty_key"],
        "made_at": MONDAY.isoformat(),
        "how": "phone",
        "duty_keys": [duty["duty_key"]],
        "news_ids": [duty["news_id"]],
        "made_by": "officer-1",
    }
    await journey.intake(journey.event("witness-care.contact-made", said, case=None, victim=BORIS))
    assert not await journey.published("duty-met")
    assert not await journey.rows("SELECT 1 FROM telling")


async def test_everything_published_fits_its_contract(journey: Journey) -> None:
    wrong = trial(journey, "set")
    await journey.intake(linked(journey, AMIRA), crime_reported(journey), wrong, trial(journey, "changed"))
    await journey.intake(retracted(journey, wrong))
    bodies = [row["body"] for row in await journey.rows("SELECT body FROM log")]
    kinds = {parse_recorded(body).envelope.type for body in bodies}
    assert kinds == {"journey.news-arrived.v1", "journey.duty-opened.v1", "journey.duty-met.v1"}


async def test_a_victim_with_enhanced_rights_hears_of_a_charge_within_one_working_day(journey: Journey) -> None:
    references = data_of(crime_reported(journey))["references"]
    identified = {
        "references": references,
        "victim": {"issuer": "99", "number": "1"},
        "name": "Amira",
        "enhanced_categories": ["vulnerable-or-intimidated"],
    }
    await journey.intake(linked(journey, AMIRA), journey.event("police.victim-identified", identified, victim=AMIRA))
    await journey.intake(journey.event("cps.charge-authorised", {"references": references}))
    [duty] = await journey.published("duty-opened")
    assert duty["due_at"].startswith("2026-11-24T23:59:59")
