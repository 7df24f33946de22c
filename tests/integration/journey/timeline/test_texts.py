"""Whose words a victim reads: those that are for her, and of others not even what is sealed is opened."""

from dataclasses import dataclass
from typing import Any

import pytest
from chassis.consumer.events import ConsumedEvent
from support.journey_facts import (
    AMIRA,
    BORIS,
    CASE,
    OTHER_CASE,
    REFERENCES,
    Journey,
    corrected,
    crime_reported,
    data_of,
    linked,
    merged,
    revoked,
    told_in_person,
)
from support.journey_site import SUBJECTS, Site
from support.sealed_facts import sealed

WHY = "Clara did not want to go on."
ASK = "Your contact person can tell you the reason."
FOR_EACH, FOR_OFFICERS = {"texts_for": "each-victim"}, {"texts_for": "officers"}


def stopped(journey: Journey, **more: Any) -> ConsumedEvent:
    said = {"references": REFERENCES, "outcome_code": "16", "reason": WHY, "review_eligible": False}
    said |= more.pop("said", {})
    return journey.event("police.no-further-action-decided", said, **more)


@dataclass(frozen=True)
class Told:
    """What stands on a page for the one who asks."""

    text: str
    reasons: list[str]


async def told(site: Site, victim: str) -> Told:
    async with site.bearing(SUBJECTS[victim], "victim") as client:
        answer = await client.get(f"/victims/{victim}/timeline")
    lines = [line for entry in answer.json()["entries"] for line in entry["details"]]
    return Told(answer.text, [line["text"] for line in lines if line["label"] == "The reason they gave"])


async def stop_told_to_both(journey: Journey, event: ConsumedEvent) -> None:
    await journey.intake(linked(journey, AMIRA), linked(journey, BORIS), event)
    await journey.intake(told_in_person(journey, AMIRA, event))
    await journey.intake(told_in_person(journey, BORIS, event))


async def test_a_reason_that_may_name_another_victim_is_for_officers(site: Site, journey: Journey) -> None:
    await stop_told_to_both(journey, stopped(journey))
    for victim in (AMIRA, BORIS):
        hers = await told(site, victim)
        assert hers.reasons == [ASK]
        assert "Clara" not in hers.text
    async with site.bearing("officer-1", "officer") as officer:
        assert WHY in (await officer.get(f"/victims/{AMIRA}/timeline")).text


@pytest.mark.parametrize(("said", "read"), [(FOR_EACH, WHY), (FOR_OFFICERS, ASK)], ids=["each victim", "officers"])
async def test_a_fact_that_says_for_whom_its_words_are_is_believed(
    site: Site, journey: Journey, said: dict[str, str], read: str
) -> None:
    await stop_told_to_both(journey, stopped(journey, said=said))
    assert (await told(site, AMIRA)).reasons == (await told(site, BORIS)).reasons == [read]


@pytest.mark.parametrize("said", [{}, FOR_OFFICERS])
async def test_the_only_victim_of_a_crime_reads_its_words_unless_they_are_for_officers(
    site: Site, journey: Journey, said: dict[str, str]
) -> None:
    event = stopped(journey, said=said)
    await journey.intake(linked(journey, AMIRA), event, told_in_person(journey, AMIRA, event))
    assert (await told(site, AMIRA)).reasons == [ASK if said else WHY]


async def test_one_whose_link_was_taken_back_may_be_named_still(site: Site, journey: Journey) -> None:
    event = stopped(journey)
    await journey.intake(linked(journey, BORIS), revoked(journey, BORIS))
    await journey.intake(linked(journey, AMIRA), event, told_in_person(journey, AMIRA, event))
    assert (await told(site, AMIRA)).reasons == [ASK]


async def test_of_two_crimes_in_one_matter_each_victim_reads_the_words_of_her_own(site: Site, journey: Journey) -> None:
    await journey.intake(linked(journey, AMIRA), crime_reported(journey))
    theirs = crime_reported(journey, case=OTHER_CASE)
    other = {**data_of(theirs), "offence": "Assault of Clara"}
    await journey.intake(linked(journey, BORIS, case=OTHER_CASE))
    await journey.intake(journey.event("police.crime-reported", other, case=OTHER_CASE))
    await journey.intake(merged(journey, OTHER_CASE, CASE))
    hers, his = await told(site, AMIRA), await told(site, BORIS)
    assert "Burglary of a flat" in hers.text
    assert "Clara" not in hers.text
    assert "Assault of Clara" in his.text
    assert "Burglary of a flat" not in his.text


async def test_a_correction_and_why_it_was_made_say_no_more_than_what_it_corrects(site: Site, journey: Journey) -> None:
    crime = crime_reported(journey)
    right = {**data_of(crime), "offence": "Burglary at Clara's"}
    await journey.intake(linked(journey, AMIRA), linked(journey, BORIS), crime, corrected(journey, crime, right))
    hers = await told(site, AMIRA)
    assert "Clara" not in hers.text
    assert "It was keyed in wrongly." not in hers.text
    assert "Your contact person can tell you what was recorded." in hers.text


@pytest.mark.parametrize(("second", "opened"), [((), True), ((BORIS,), False)], ids=["alone", "one of two"])
async def test_a_page_opens_no_text_that_is_not_for_its_reader(
    site: Site, journey: Journey, second: tuple[str, ...], *, opened: bool
) -> None:
    event = await sealed(journey, stopped(journey))
    await journey.intake(linked(journey, AMIRA), *(linked(journey, one) for one in second), event)
    await journey.intake(told_in_person(journey, AMIRA, event))
    assert (await told(site, AMIRA)).reasons == [WHY if opened else ASK]
    assert (("victim's timeline", f"case/{CASE}") in journey.vault.unwraps) is opened
