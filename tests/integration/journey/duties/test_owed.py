"""What facts make owed to a victim, by when, and what ends it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from contracts.ids import VictimId
from journey.facts.fact import EventKey, news_id_of
from support.journey_facts import (
    AMIRA,
    BORIS,
    CASE,
    MONDAY,
    OTHER_CASE,
    Journey,
    an_id,
    corrected,
    crime_reported,
    data_of,
    linked,
    retracted,
    revoked,
    told_in_person,
    trial,
    verdict,
)

OWED = "SELECT state FROM duty WHERE NOT leg"


async def test_a_revoked_link_ends_what_was_owed_for_that_case_alone(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), linked(journey, BORIS), trial(journey, "set"))
    await journey.intake(linked(journey, AMIRA, case=OTHER_CASE), trial(journey, "set", hearing="h-2", case=OTHER_CASE))
    wrong = revoked(journey, AMIRA)
    await journey.intake(wrong)
    still_open = await journey.rows("SELECT victim_id::text, case_id::text FROM duty WHERE state = 'open'")
    assert {(row["victim_id"], row["case_id"]) for row in still_open} == {(BORIS, CASE), (AMIRA, OTHER_CASE)}
    [ended] = await journey.published("duty-met")
    assert (ended["victim"], ended["met_by"], ended["ending"]) == (AMIRA, "event", "replaced")
    assert datetime.fromisoformat(ended["at"]) == wrong.recorded_at


async def test_a_revoked_link_withdraws_the_news_of_that_victim_alone(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), linked(journey, BORIS), trial(journey, "set"))
    hers = {row["news_id"] for row in await journey.published("news-arrived") if row["victim"] == AMIRA}
    wrong = revoked(journey, AMIRA)
    await journey.intake(wrong)
    await journey.intake(wrong)
    withdrawn = await journey.published("news-withdrawn")
    assert {(row["victim"], row["news_id"]) for row in withdrawn} == {(AMIRA, news_id) for news_id in hers}
    assert {datetime.fromisoformat(row["at"]) for row in withdrawn} == {wrong.recorded_at}


async def test_news_comes_again_with_what_is_owed_when_the_link_is_made_again(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), trial(journey, "set"))
    await journey.intake(revoked(journey, AMIRA))
    await journey.intake(linked(journey, AMIRA, link="made again"))
    first, again = [row["news_id"] for row in await journey.published("news-arrived")]
    assert first == again
    assert [row["news_id"] for row in await journey.published("news-withdrawn")] == [first]
    assert [row["state"] for row in await journey.rows(OWED)] == ["open"]
    [opened], [ended], [restated] = [await journey.published(f"duty-{what}") for what in ("opened", "met", "changed")]
    assert opened["duty_key"] == ended["duty_key"] == restated["duty_key"]


async def test_without_the_link_to_the_defendant_only_her_officer_may_have_the_news(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), linked(journey, AMIRA, defendant="d-1", link="to the defendant"))
    await journey.intake(verdict(journey))
    await journey.intake(revoked(journey, AMIRA, link="to the defendant"))
    arrived = [(row["news_id"], row["reach"]) for row in await journey.published("news-arrived")]
    [withdrawn] = await journey.published("news-withdrawn")
    assert [reach for _, reach in arrived] == ["victim", "officer"]
    assert withdrawn["news_id"] == arrived[0][0] == arrived[1][0]
    [restated] = await journey.published("duty-changed")
    assert (restated["duty_id"], restated["reach"]) == ("R9-OUTCOME", "officer")


async def test_a_retraction_ends_what_was_owed(journey: Journey) -> None:
    wrong = verdict(journey)
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), wrong, retracted(journey, wrong))
    taken_back = (await journey.published("news-arrived"))[-1]
    assert taken_back["retracts"] is True
    assert [row["state"] for row in await journey.rows(OWED)] == ["superseded"]
    assert len(await journey.published("duty-met")) == 1


async def test_a_retraction_ends_what_a_correction_of_the_same_fact_made_owed(journey: Journey) -> None:
    wrong = verdict(journey)
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), wrong, corrected(journey, wrong, data_of(wrong)))
    assert "open" in [row["state"] for row in await journey.rows(OWED)]
    await journey.intake(retracted(journey, wrong))
    assert {row["state"] for row in await journey.rows(OWED)} == {"superseded"}


async def test_a_changed_date_replaces_the_duty_of_the_former(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), trial(journey, "set"), trial(journey, "changed"))
    assert [row["state"] for row in await journey.rows(f"{OWED} ORDER BY opened_at, state")] == [
        "open",
        "superseded",
    ]


async def test_in_one_batch_only_the_last_date_is_owed(journey: Journey) -> None:
    await journey.apply(linked(journey, AMIRA), trial(journey, "set"), trial(journey, "changed"))
    states = {
        row["event_type"]: row["state"]
        for row in await journey.rows("SELECT event_type, state FROM duty WHERE NOT leg")
    }
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
    assert [row["state"] for row in await journey.rows(OWED)] == ["met"]
    assert [(duty["met_by"], duty["ending"]) for duty in await journey.published("duty-met")] == [("event", "done")]


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
    assert [row["state"] for row in await journey.rows(OWED)] == ["exempt"]
    assert [duty["ending"] for duty in await journey.published("duty-met")] == ["not-wanted"]


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


async def test_being_told_of_the_crime_does_not_meet_the_duty_to_refer_her(journey: Journey) -> None:
    crime = crime_reported(journey)
    await journey.intake(linked(journey, AMIRA), crime)
    await journey.intake(told_in_person(journey, AMIRA, crime))
    assert [row["state"] for row in await journey.rows(OWED)] == ["open"]


async def test_a_contact_meets_the_duties_it_names_over_several_crimes(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), linked(journey, AMIRA, case=OTHER_CASE))
    await journey.intake(trial(journey, "set"), trial(journey, "set", hearing="h-2", case=OTHER_CASE))
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


async def test_a_conversation_refers_nobody(journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey))
    [duty] = await journey.published("duty-opened")
    said: dict[str, Any] = {
        "contact_id": an_id("a talk"),
        "made_at": MONDAY.isoformat(),
        "how": "phone",
        "made_by": "officer-1",
    }
    said |= {"duty_keys": [duty["duty_key"]], "news_ids": [duty["news_id"]]}
    await journey.intake(journey.event("witness-care.contact-made", said, case=None, victim=AMIRA))
    assert not await journey.published("duty-met")


async def test_a_contact_before_it_happened_told_nothing(journey: Journey) -> None:
    found = verdict(journey)
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), found)
    [duty] = await journey.published("duty-opened")
    said: dict[str, Any] = {
        "contact_id": an_id("a talk"),
        "how": "phone",
        "made_by": "officer-1",
        "news_ids": [duty["news_id"]],
    }
    said |= {"made_at": (found.header.time - timedelta(minutes=1)).isoformat(), "duty_keys": [duty["duty_key"]]}
    await journey.intake(journey.event("witness-care.contact-made", said, case=None, victim=AMIRA))
    assert not await journey.published("duty-met")


async def test_what_a_contact_told_is_owed_again_once_it_is_taken_back(journey: Journey) -> None:
    found = verdict(journey)
    told = told_in_person(journey, AMIRA, found)
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), found, told)
    assert [row["state"] for row in await journey.rows(OWED)] == ["met"]
    taken_back = {"contact_id": data_of(told)["contact_id"], "taken_back_by": "officer-1"}
    taken_back |= {"taken_back_at": told.recorded_at.isoformat()}
    await journey.intake(journey.event("witness-care.contact-taken-back", taken_back, case=None, victim=AMIRA))
    assert [row["state"] for row in await journey.rows(OWED)] == ["open"]
    [again] = await journey.published("duty-changed")
    assert again["duty_key"] == (await journey.published("duty-met"))[0]["duty_key"]


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
