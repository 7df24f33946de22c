"""A page shows the newest and leads to what came before; what it says of now is by all, and it opens what it shows."""

import re
from datetime import timedelta

from chassis.consumer.events import ConsumedEvent
from contracts.ids import VictimId
from journey.facts.fact import EventKey, news_id_of
from support.journey_facts import (
    AMIRA,
    MONDAY,
    Journey,
    crime_reported,
    linked,
    told_in_person,
    trial,
    verdict,
)
from support.journey_site import SUBJECTS, Site
from support.sealed_facts import sealed

OFFENCES = ("o-1", "o-2", "o-3")


def listings(journey: Journey, number: int) -> list[ConsumedEvent]:
    """Trials of as many hearings, in order of their days, none of them news."""
    return [
        trial(journey, "changed", hearing=f"h-{n}", at=MONDAY + timedelta(hours=n), backfill=True)
        for n in range(number)
    ]


async def page(site: Site, address: str = "/") -> str:
    async with await site.signed_in(AMIRA) as browser:
        return (await browser.get(address)).text


def links(text: str) -> list[str]:
    return re.findall(r'<a href="([^"]*)" rel="(?:prev|next)"', text)


async def test_a_page_has_the_newest_twenty_and_leads_to_the_others(site: Site, journey: Journey) -> None:
    crime = crime_reported(journey, at=MONDAY - timedelta(days=1), backfill=True)
    await journey.intake(linked(journey, AMIRA), crime, *listings(journey, 45))
    pages = [await page(site, address) for address in ("/", "/?page=2", "/?page=3", "/?page=99")]
    assert [text.count('<li id="entry-') for text in pages] == [20, 20, 6, 6]
    assert [links(text) for text in pages[:3]] == [
        ["/?page=2#happened"],
        ["/#happened", "/?page=3#happened"],
        ["/?page=2#happened"],
    ]
    assert ["The police recorded the crime" in text for text in pages] == [False, False, True, True]
    assert all("There is a new date for the trial." in text for text in pages), "where things are is on each"


async def test_who_has_few_entries_is_led_nowhere(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), *listings(journey, 20))
    assert not links(await page(site))
    assert not links(await page(site, "/?page=7"))


async def test_a_page_opens_the_texts_of_what_stands_on_it_and_no_others(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), *listings(journey, 20))
    crime = crime_reported(journey, at=MONDAY - timedelta(days=1), backfill=True)
    await journey.intake(await sealed(journey, crime))
    assert "Burglary of a flat" not in await page(site)
    assert not journey.vault.unwraps
    assert "Burglary of a flat" in await page(site, "/?page=2")
    assert journey.vault.unwraps


async def test_where_things_are_is_said_without_opening_a_text(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), await sealed(journey, crime_reported(journey)))
    async with site.bearing(SUBJECTS[AMIRA], "victim") as client:
        status = (await client.get(f"/victims/{AMIRA}")).json()
    assert status["where_things_are"] == ["The police are looking into the crime."]
    assert not journey.vault.unwraps


async def test_an_update_on_a_later_page_leads_back_to_it_once_opened(site: Site, journey: Journey) -> None:
    old = trial(journey, "set", at=MONDAY - timedelta(days=1))
    await journey.intake(linked(journey, AMIRA), old, *listings(journey, 20))
    news_id = news_id_of(EventKey(old.header.source, old.header.id), VictimId(AMIRA))
    async with await site.signed_in(AMIRA) as browser:
        answer = await browser.post("/seen", data={"news_id": news_id, "entry": "21"})
    assert answer.headers["location"] == "/?page=2#entry-21"


async def test_an_update_that_waits_on_another_page_is_led_to(site: Site, journey: Journey) -> None:
    old = trial(journey, "set", at=MONDAY - timedelta(days=1))
    await journey.intake(linked(journey, AMIRA), old, *listings(journey, 20))
    assert '<a href="/?page=2#entry-21">Show it</a>' in await page(site)
    assert "Show it</a>" not in await page(site, "/?page=2"), "it is here"


async def test_what_one_sharing_said_of_several_charges_is_opened_as_one(site: Site, journey: Journey) -> None:
    hers = linked(journey, AMIRA, defendant="d-1", offences=OFFENCES)
    await journey.intake(hers, *(verdict(journey, offences=[one]) for one in OFFENCES))
    before = await page(site)
    ids = re.findall(r'name="news_id" value="([^"]*)"', before)
    assert (before.count("Open this update"), len(ids)) == (1, 3)
    assert "There is one update that you have not opened." in before
    assert before.count("somebody gets in touch with you about an update") == 1, "lines that read alike are one"
    async with await site.signed_in(AMIRA) as browser, site.bearing("officer-1", "officer") as officer:
        await browser.post("/seen", data={"news_id": ids, "entry": "1"})
        after = (await browser.get("/")).text
        told = (await officer.get(f"/victims/{AMIRA}/timeline")).json()["entries"]
    assert "Open this update" not in after
    assert "How many charges" in after
    verdicts = [entry for entry in told if entry["type"] == "court.verdict-reached.v1"]
    assert len(verdicts) == 3, "officers and systems read each"
    assert all(entry["opened_at"] for entry in verdicts)
    assert len({entry["group"]["id"] for entry in verdicts}) == 1


async def test_what_of_one_sharing_she_was_told_is_not_shown_as_not_opened(site: Site, journey: Journey) -> None:
    hers = linked(journey, AMIRA, defendant="d-1", offences=OFFENCES)
    told, *others = (verdict(journey, offences=[one]) for one in OFFENCES)
    await journey.intake(hers, told, *others, told_in_person(journey, AMIRA, told))
    shown = await page(site)
    assert shown.count("Open this update") == 1
    assert shown.count("The court found the person guilty") == 1
