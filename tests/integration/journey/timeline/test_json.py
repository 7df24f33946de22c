"""The JSON interface: each sees only her own, in plain words, with how fresh each source is."""

from datetime import timedelta

import pytest
from chassis.clock import SystemClock
from support.journey_facts import (
    AMIRA,
    BORIS,
    MONDAY,
    OTHER_CASE,
    REFERENCES,
    Journey,
    corrected,
    crime_reported,
    data_of,
    linked,
    retracted,
    told_in_person,
    trial,
    verdict,
    victim_identified,
)
from support.journey_site import SUBJECTS, Site


async def test_the_timeline_is_newest_first_and_says_it_plainly(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey))
    await journey.intake(trial(journey, "set", at=MONDAY + timedelta(days=1)))
    async with site.bearing(SUBJECTS[AMIRA], "victim") as client:
        answer = (await client.get(f"/victims/{AMIRA}/timeline")).json()
    assert [entry["what"] for entry in answer["entries"]] == [
        "The court set a date for the trial",
        "The police recorded the crime",
    ]
    assert answer["entries"][0]["when"] == "24 November 2026 at 10am"
    assert {line["publisher"] for line in answer["freshness"]} >= {"police", "court"}


async def test_officers_read_first_what_makes_contact_unsafe_and_she_never_does(site: Site, journey: Journey) -> None:
    first = victim_identified(journey, AMIRA, name="Amira Example", warning="Do not ring")
    second = victim_identified(journey, AMIRA, name="Amira Example", warning="No letters")
    await journey.intake(linked(journey, AMIRA), first, second)
    right = {**data_of(first), "safe_contact_warning": "Ring at her sister's"}
    await journey.intake(corrected(journey, first, right, victim=AMIRA), retracted(journey, second, victim=AMIRA))
    async with site.bearing("officer-1", "officer") as client:
        answer = (await client.get(f"/victims/{AMIRA}/timeline")).json()
    assert next(iter(answer)) == "safe_contact_warnings"
    assert answer["safe_contact_warnings"] == ["Ring at her sister's"]
    async with site.bearing(SUBJECTS[AMIRA], "victim") as client:
        answer = await client.get(f"/victims/{AMIRA}/timeline")
    assert answer.json()["safe_contact_warnings"] == []
    assert "sister" not in answer.text


async def test_the_numbers_of_agencies_are_for_officers_and_on_no_page_of_hers(site: Site, journey: Journey) -> None:
    said = {"references": REFERENCES, "suspect_number": "S-77", "bail": "conditional-bail"}
    await journey.intake(linked(journey, AMIRA), journey.event("police.suspect-charged", said))
    async with site.bearing("officer-1", "officer") as client:
        [entry, *_] = (await client.get(f"/victims/{AMIRA}/timeline")).json()["entries"]
    assert entry["for_officers"] == [{"label": "Number of the suspect", "text": "S-77"}]
    async with site.bearing(SUBJECTS[AMIRA], "victim") as client:
        answer = await client.get(f"/victims/{AMIRA}/timeline")
    [entry] = answer.json()["entries"]
    assert entry["for_officers"] == []
    assert "go on bail, with rules to keep to" in entry["meaning"]
    async with await site.signed_in(AMIRA) as browser:
        await browser.post("/seen", data={"news_id": entry["news_id"], "entry": "1"})
        page = (await browser.get("/")).text
    assert "go on bail, with rules to keep to" in page
    assert "S-77" not in page
    assert "S-77" not in answer.text


async def test_what_came_long_after_it_happened_is_marked(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey, recorded=MONDAY + timedelta(days=3)))
    async with site.bearing(SUBJECTS[AMIRA], "victim") as client:
        [entry] = (await client.get(f"/victims/{AMIRA}/timeline")).json()["entries"]
    assert entry["learned_later"] is True
    async with await site.signed_in(AMIRA) as browser:
        assert "We learned of this later</strong>" in (await browser.get("/")).text


async def test_one_force_that_falls_silent_is_not_hidden_by_another(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey, source="urn:test:north"))
    await journey.intake(crime_reported(journey, source="urn:test:south", at=MONDAY + timedelta(days=9)))
    async with site.bearing(SUBJECTS[AMIRA], "victim") as client:
        freshness = (await client.get(f"/victims/{AMIRA}")).json()["freshness"]
    police = {line["source"]: line["last_recorded_at"] for line in freshness if line["publisher"] == "police"}
    assert police["urn:test:north"] < police["urn:test:south"]
    await journey.intake(crime_reported(journey, source="urn:test:elsewhere", case=OTHER_CASE))
    async with await site.signed_in(AMIRA) as browser:
        assert "The police: 23 November 2026 at 11am." in (await browser.get("/")).text


@pytest.mark.parametrize("path", ["", "/timeline", "/live"])
async def test_another_victims_id_answers_like_an_unknown_one(site: Site, journey: Journey, path: str) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey))
    async with site.bearing(SUBJECTS[BORIS], "victim") as client:
        others = await client.get(f"/victims/{AMIRA}{path}")
        unknown = await client.get(f"/victims/00000000-0000-7000-8000-000000000000{path}")
    assert others.status_code == unknown.status_code == 404
    assert others.content == unknown.content


async def test_a_second_victim_on_the_case_sees_none_of_what_is_only_the_first_ones(
    site: Site, journey: Journey
) -> None:
    hers = {
        "references": REFERENCES,
        "victim": {"issuer": "99", "number": "1"},
        "referral_id": "r-1",
        "service": "Riverside Support",
        "referred_by": "police",
    }
    await journey.intake(linked(journey, AMIRA), linked(journey, BORIS), crime_reported(journey))
    await journey.intake(journey.event("support.referral-made", hers, victim=AMIRA))
    async with site.bearing(SUBJECTS[BORIS], "victim") as client:
        answer = await client.get(f"/victims/{BORIS}/timeline")
    assert [entry["type"] for entry in answer.json()["entries"]] == ["police.crime-reported.v1"]
    assert AMIRA not in answer.text
    assert "Riverside" not in answer.text


async def test_an_officer_sees_what_only_an_officer_may(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), verdict(journey))
    async with site.bearing(SUBJECTS[AMIRA], "victim") as hers, site.bearing("officer-1", "officer") as theirs:
        own = (await hers.get(f"/victims/{AMIRA}/timeline")).json()["entries"]
        officers = (await theirs.get(f"/victims/{AMIRA}/timeline")).json()["entries"]
    assert own == []
    assert [entry["reach"] for entry in officers if entry["type"].startswith("court")] == ["officer"]


@pytest.mark.parametrize("reader", ["officer", "victim"])
async def test_what_turned_out_to_be_anothers_is_said_to_hold_no_longer_and_by_what(
    site: Site, journey: Journey, reader: str
) -> None:
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), linked(journey, BORIS, defendant="d-2"))
    first = verdict(journey, defendant="d-1")
    right = corrected(journey, first, {**data_of(first), "defendant_id": "d-2"})
    await journey.intake(first)
    await journey.apply(told_in_person(journey, AMIRA, first))
    await journey.intake(right)
    async with site.bearing(SUBJECTS[AMIRA] if reader == "victim" else "officer-1", reader) as client:
        answer = await client.get(f"/victims/{AMIRA}/timeline")
    guilty = [entry for entry in answer.json()["entries"] if "found the person guilty" in entry["what"]]
    assert [(entry["lost"], entry["corrected_by"]) for entry in guilty] == [
        (True, {"source": right.header.source, "id": right.header.id})
    ]
    assert "d-2" not in answer.text


async def test_a_contact_that_was_taken_back_is_marked_for_officers_and_is_on_no_page_of_hers(
    site: Site, journey: Journey
) -> None:
    charged = journey.event("police.suspect-charged", {"references": REFERENCES})
    await journey.intake(linked(journey, AMIRA), charged)
    made = told_in_person(journey, AMIRA, charged)
    said = {"contact_id": data_of(made)["contact_id"], "taken_back_at": MONDAY.isoformat(), "taken_back_by": "o"}
    back = journey.event("witness-care.contact-taken-back", said, case=None, victim=AMIRA)
    await journey.apply(made)
    async with site.bearing(SUBJECTS[AMIRA], "victim") as hers, site.bearing("officer-1", "officer") as theirs:
        before = (await hers.get(f"/victims/{AMIRA}/timeline")).json()["entries"]
        await journey.apply(back)
        own = (await hers.get(f"/victims/{AMIRA}/timeline")).json()["entries"]
        officers = (await theirs.get(f"/victims/{AMIRA}/timeline")).json()["entries"]
    assert made.header.type in [entry["type"] for entry in before]
    assert [entry["type"] for entry in own] == ["police.suspect-charged.v1"]
    assert [(entry["retracted"], entry["corrected_by"]) for entry in officers if entry["type"] == made.header.type] == [
        (True, {"source": back.header.source, "id": back.header.id})
    ]


async def test_officers_are_shown_what_came_late_and_what_is_overdue_now(site: Site, journey: Journey) -> None:
    late = verdict(journey, at=MONDAY - timedelta(days=28), recorded=MONDAY - timedelta(days=14))
    now = SystemClock().now()
    soon = trial(journey, "set", day="2099-02-02", at=now, recorded=now)
    await journey.intake(linked(journey, AMIRA, defendant="d-1"), late, soon)
    async with site.bearing("officer-1", "officer") as theirs, site.bearing(SUBJECTS[AMIRA], "victim") as hers:
        officers = (await theirs.get(f"/victims/{AMIRA}")).json()
        own = (await hers.get(f"/victims/{AMIRA}")).json()
    [line] = officers["late"]
    assert line["what"] == "The court told witness care late: due by 2 November 2026, came on 9 November 2026."
    assert line["event"] == {"source": late.header.source, "id": late.header.id}
    assert own["late"] == []
    overdue = {duty["duty_id"]: duty["overdue"] for duty in officers["owed"]}
    assert overdue == {"R9-OUTCOME": True, "R8-HEARING": False}


async def test_the_status_says_where_things_are_what_is_next_and_what_is_owed(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), trial(journey, "set", day="2099-02-02"))
    said = {"officer": "officer-7", "role": "witness-care-officer", "phone": "07700 900123"}
    await journey.intake(journey.event("witness-care.contact-assigned", said, case=None, victim=AMIRA))
    async with site.bearing(SUBJECTS[AMIRA], "victim") as client:
        status = (await client.get(f"/victims/{AMIRA}")).json()
    assert status["where_things_are"] == ["The case is in court. There is a date for the trial."]
    assert status["next_date"]["on"] == "2099-02-02"
    assert status["contact"]["phone"] == "07700 900123"
    assert [duty["duty_id"] for duty in status["owed"]] == ["R8-HEARING"]
