"""The page of the id that goes on shows all of one person; the other id's page shows nothing to who was given it."""

from datetime import timedelta

import pytest
from chassis.vault.opening import Opener
from contracts.ids import VictimId
from journey.errors import UnknownVictim
from journey.timeline.opening_store import OpenedFacts
from journey.timeline.reading import TimelineReader
from journey.timeline.store import TimelineTables
from journey.wording.content import Audience
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
    told_in_person,
    trial,
    verdict,
)
from support.journey_site import SUBJECTS, Site

THERE_IS_NOTHING = "There is nothing here for this sign-in"


@pytest.fixture
async def each(site: Site, journey: Journey) -> Site:
    """Amira and Boris have a case each, and a sign-in each."""
    await journey.intake(linked(journey, AMIRA), crime_reported(journey))
    later = MONDAY + timedelta(days=1)
    await journey.intake(linked(journey, BORIS, case=OTHER_CASE), trial(journey, "set", case=OTHER_CASE, at=later))
    return site


async def entries(site: Site, victim: str, *, subject: str = "officer-1", role: str = "officer") -> list[str]:
    async with site.bearing(subject, role) as client:
        answer = (await client.get(f"/victims/{victim}/timeline")).json()
    return [entry["type"] for entry in answer["entries"]]


async def test_the_id_that_goes_on_shows_all_of_it(each: Site, journey: Journey) -> None:
    await journey.intake(persons_joined(journey, AMIRA, BORIS))
    hers = await entries(each, BORIS, subject=SUBJECTS[BORIS], role="victim")
    assert hers == ["court.trial-date-set.v1", "police.crime-reported.v1"]


async def test_who_was_given_the_other_id_sees_nothing_until_an_officer_gives_them_the_one_that_goes_on(
    each: Site, journey: Journey
) -> None:
    """Guard: whoever holds it was not given sight of what is added to it."""
    await journey.intake(persons_joined(journey, AMIRA, BORIS))
    async with await each.signed_in(AMIRA) as browser:
        page = await browser.get("/")
    assert (page.status_code, THERE_IS_NOTHING in page.text, "police" in page.text) == (404, True, False)
    async with each.bearing(SUBJECTS[AMIRA], "victim") as client:
        assert (await client.get(f"/victims/{AMIRA}/timeline")).status_code == 404
        assert (await client.get(f"/victims/{BORIS}/timeline")).status_code == 404
    await each.grant(BORIS, subject=SUBJECTS[AMIRA])
    async with await each.signed_in(AMIRA) as browser:
        page = await browser.get("/")
    assert (page.status_code, "the police" in page.text) == (200, True)


async def test_a_parting_shows_each_her_own_again(each: Site, journey: Journey) -> None:
    await journey.intake(persons_joined(journey, AMIRA, BORIS), persons_parted(journey, AMIRA, BORIS))
    assert await entries(each, AMIRA, subject=SUBJECTS[AMIRA], role="victim") == ["police.crime-reported.v1"]
    assert await entries(each, BORIS, subject=SUBJECTS[BORIS], role="victim") == ["court.trial-date-set.v1"]


async def test_officers_who_ask_for_the_other_id_are_led_to_the_one_that_goes_on(each: Site, journey: Journey) -> None:
    await journey.intake(persons_joined(journey, AMIRA, BORIS))
    async with each.bearing("officer-1", "officer") as client:
        left = (await client.get(f"/victims/{AMIRA}/timeline")).json()
        going_on = (await client.get(f"/victims/{BORIS}/timeline")).json()
    assert (left["goes_on_as"], going_on["goes_on_as"]) == (BORIS, None)
    assert not [entry for entry in left["entries"] if entry["type"].startswith(("police.", "court."))]


async def test_what_an_officer_told_her_under_the_other_id_is_on_the_page_as_told(each: Site, journey: Journey) -> None:
    found = verdict(journey, at=MONDAY + timedelta(days=2))
    await journey.intake(found)
    await journey.apply(told_in_person(journey, AMIRA, found))
    await journey.intake(persons_joined(journey, AMIRA, BORIS))
    async with each.bearing(SUBJECTS[BORIS], "victim") as client:
        answer = (await client.get(f"/victims/{BORIS}/timeline")).json()
    [entry] = [entry for entry in answer["entries"] if entry["type"] == "court.verdict-reached.v1"]
    assert entry["told_how"] == "in-person"


async def test_who_answers_to_her_is_who_was_assigned_to_the_id_that_goes_on(each: Site, journey: Journey) -> None:
    for victim, name in ((BORIS, "Officer Example"), (AMIRA, "Officer Other")):
        said = {"officer": "officer-204", "officer_name": name, "role": "witness-care-officer"}
        await journey.apply(journey.event("witness-care.contact-assigned", said, case=None, victim=victim))
    await journey.intake(persons_joined(journey, AMIRA, BORIS))
    async with each.bearing(SUBJECTS[BORIS], "victim") as client:
        status = await client.get(f"/victims/{BORIS}")
    assert "Officer Example" in status.text
    assert "Officer Other" not in status.text


async def test_what_she_opened_under_the_other_id_is_opened(each: Site, journey: Journey) -> None:
    [news] = await journey.rows("SELECT news_id::text FROM news WHERE victim_id = $1", AMIRA)
    async with await each.signed_in(AMIRA) as browser:
        await browser.post("/seen", data={"news_id": news["news_id"]})
    await journey.intake(persons_joined(journey, AMIRA, BORIS))
    async with each.bearing(SUBJECTS[BORIS], "victim") as client:
        answer = (await client.get(f"/victims/{BORIS}/timeline")).json()
    opened = {entry["type"]: entry["opened_at"] is not None for entry in answer["entries"]}
    assert opened == {"police.crime-reported.v1": True, "court.trial-date-set.v1": False}


async def test_a_join_that_is_made_while_the_page_is_read_shows_nothing_of_the_id_that_was_left(
    each: Site, journey: Journey
) -> None:
    """Guard: it is looked at again after whoever reads was found to have been given it."""
    reader = TimelineReader(journey.pool, TimelineTables(), OpenedFacts(Opener(journey.vault)))
    await journey.intake(persons_joined(journey, AMIRA, BORIS))
    with pytest.raises(UnknownVictim):
        await reader.read_page(VictimId(AMIRA), number=1)
    assert await reader.fingerprint(VictimId(AMIRA), reader=Audience.VICTIM) == ""
