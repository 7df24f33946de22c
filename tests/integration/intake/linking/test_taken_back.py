"""What an event brought about falls with it: links, merges, joined names and numbers, unless something else says so."""

from collections.abc import Mapping
from typing import Any

import pytest
from support.intake_door import CPS, FORCE, Door, accepted, crime_reported, event, victim_identified

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("noon")]

URN = {"scheme": "urn", "issuer": "cps", "value": "13AB1234526"}


async def retracted(door: Door, sent: Mapping[str, Any], receipt: Mapping[str, Any], **more: str) -> dict[str, Any]:
    data = {"original_id": sent["id"], "corrects_state": receipt["hash"], "reason": "Sent by mistake", **more}
    publisher = str(sent["type"]).partition(".")[0]
    made = event(f"no-{sent['id']}", f"{publisher}.event-retracted.v1", data, source=sent["source"])
    await accepted(door, made)
    return made


def linked(*references: Mapping[str, str], id_: str = "linked-1") -> dict[str, Any]:
    return event(id_, "cps.case-references-linked.v1", {"references": list(references)}, source=CPS)


def charged(id_: str, *references: Mapping[str, str]) -> dict[str, Any]:
    return event(id_, "cps.charge-authorised.v1", {"references": list(references)}, source=CPS)


def crime(number: int) -> dict[str, str]:
    reference: dict[str, str] = crime_reported(number)["data"]["references"][0]
    return reference


async def test_who_is_no_victim_of_a_crime_after_all_is_linked_to_it_no_longer(door: Door) -> None:
    named = victim_identified()
    receipt = await accepted(door, named)
    said = await retracted(door, named, receipt)
    [link] = await door.log("intake.victim-linked.v1")
    [revoked] = await door.log("intake.link-revoked.v1")
    assert (revoked["data"]["link_id"], revoked["causationid"]) == (link["id"], said["id"])
    assert revoked["data"]["by"] == {"kind": "publisher", "subject": "west-yorkshire"}
    assert (await accepted(door, said))["duplicate"]
    assert len(await door.log("intake.link-revoked.v1")) == 1


async def test_the_publisher_that_took_a_naming_back_may_name_the_same_victim_again(door: Door) -> None:
    named = victim_identified()
    await retracted(door, named, await accepted(door, named))
    await accepted(door, named)
    assert len(await door.log("intake.victim-linked.v1")) == 1
    await accepted(door, {**named, "id": "again"})
    first, again = await door.log("intake.victim-linked.v1")
    assert first["data"]["victim_id"] == again["data"]["victim_id"]
    *_, anew = await door.log("police.victim-identified.v1")
    assert "doubt" not in anew


async def test_a_naming_that_was_doubled_leaves_what_the_other_one_made_and_says_so(door: Door) -> None:
    first, second = victim_identified(), victim_identified(id="second")
    receipts = [await accepted(door, one) for one in (first, second)]
    await retracted(door, first, receipts[0], kind="doubled")
    [said] = await door.log("police.event-retracted.v1")
    assert said["data"]["kind"] == "doubled"
    assert await door.log("intake.link-revoked.v1") == []


async def test_a_link_stands_as_long_as_one_event_says_so(door: Door) -> None:
    first, second = victim_identified(), victim_identified(id="second")
    receipts = [await accepted(door, one) for one in (first, second)]
    await retracted(door, first, receipts[0])
    assert await door.log("intake.link-revoked.v1") == []
    await retracted(door, second, receipts[1])
    assert len(await door.log("intake.link-revoked.v1")) == 1


async def test_an_officers_link_outlasts_what_the_police_take_back(door: Door) -> None:
    await accepted(door, crime_reported())
    await accepted(door, victim_identified(2))
    [told] = await door.log("police.crime-reported.v1")
    [other] = await door.log("police.victim-identified.v1")
    made = await door.officer(f"/victims/{other['victimid']}/links", {"case_id": told["caseid"]})
    assert made.status_code == 201
    named = victim_identified(id="named")
    await retracted(door, named, await accepted(door, named))
    assert await door.log("intake.link-revoked.v1") == []


async def test_what_stops_being_one_case_is_two_again_and_a_name_that_was_only_joined_is_known_no_more(
    door: Door,
) -> None:
    await accepted(door, crime_reported(1))
    await accepted(door, crime_reported(2))
    joining = linked(crime(1), crime(2), URN)
    receipt = await accepted(door, joining)
    await accepted(door, charged("during", URN))
    said = await retracted(door, joining, receipt)
    await accepted(door, crime_reported(2, id="after-2"))
    await accepted(door, charged("after", URN))
    one, two, _, merged, during, retraction, undone, after_two, after = await door.log()
    assert during["caseid"] == one["caseid"]
    assert undone["type"] == "intake.merge-undone.v1"
    assert (undone["data"]["merged_event_id"], undone["causationid"]) == (merged["id"], said["id"])
    assert (undone["data"]["from_case"], undone["data"]["into_case"]) == (two["caseid"], one["caseid"])
    assert (after_two["caseid"], "crimeids" in after_two) == (two["caseid"], False)
    assert after["caseid"] not in (one["caseid"], two["caseid"])
    assert retraction["id"] == said["id"]


async def test_a_merge_that_another_event_says_too_stands(door: Door) -> None:
    await accepted(door, crime_reported(1))
    await accepted(door, crime_reported(2))
    joining = linked(crime(1), crime(2))
    receipt = await accepted(door, joining)
    also = linked(crime(1), crime(2), id_="linked-2")
    second = await accepted(door, also)
    await retracted(door, joining, receipt)
    assert await door.log("intake.merge-undone.v1") == []
    await retracted(door, also, second)
    assert len(await door.log("intake.merge-undone.v1")) == 1


async def test_a_merge_on_top_of_one_that_falls_is_told_anew(door: Door) -> None:
    for number in (1, 2, 3):
        await accepted(door, crime_reported(number))
    first = linked(crime(1), crime(2))
    receipt = await accepted(door, first)
    await accepted(door, linked(crime(2), crime(3), id_="linked-2"))
    await retracted(door, first, receipt)
    await accepted(door, crime_reported(3, id="after"))
    cases = [told["caseid"] for told in await door.log("police.crime-reported.v1")]
    merges = await door.log("intake.case-merged.v1")
    undone = await door.log("intake.merge-undone.v1")
    assert {one["data"]["merged_event_id"] for one in undone} == {merges[0]["id"], merges[1]["id"]}
    assert (merges[2]["data"]["from_case"], merges[2]["data"]["into_case"]) == (cases[2], cases[1])
    assert cases[3] == cases[1]


async def test_a_report_that_was_quoted_by_mistake_is_another_crime_and_another_person_again(door: Door) -> None:
    told = {"wants_support": True, "share_with_police": True}
    await accepted(door, crime_reported())
    reference = (await door.http.post("/reports", json=told)).json()["report_reference"]
    named = victim_identified(more={"report_reference": reference})
    receipt = await accepted(door, named)
    await retracted(door, named, receipt)
    await accepted(door, victim_identified(id="right"))
    reported, wrong, right = (
        *await door.log("intake.report-received.v1"),
        *await door.log("police.victim-identified.v1"),
    )
    assert wrong["victimid"] == reported["victimid"] != right["victimid"]
    assert right["caseid"] != reported["caseid"]
    assert len(await door.log("intake.merge-undone.v1")) == 1
    assert await door.log("intake.link-revoked.v1") == []


async def test_an_officer_takes_a_merge_back_and_who_has_not_heard_makes_none(door: Door) -> None:
    await accepted(door, crime_reported(1))
    await accepted(door, crime_reported(2))
    await accepted(door, linked(crime(1), crime(2)))
    [merged] = await door.log("intake.case-merged.v1")
    path, why = f"/merges/{merged['id']}/withdrawal", {"why": "Two burglaries on one night"}
    decided = {**why, "decision_id": "01930000-0000-7000-8000-00000000aaaa"}
    assert (await door.officer(path, decided)).status_code == 204
    assert (await door.officer(path, decided)).status_code == 204
    assert (await door.officer(path, why)).status_code == 409
    assert (await door.officer("/merges/unknown/withdrawal", why)).status_code == 404
    [undone] = await door.log("intake.merge-undone.v1")
    assert undone["data"]["by"]["kind"] == "officer"
    await accepted(door, linked(crime(1), crime(2), id_="linked-2"))
    *_, again = await door.log("cps.case-references-linked.v1")
    assert again["doubt"] == "references-disagree"
    assert len(await door.log("intake.case-merged.v1")) == 1
    assert (await door.officer("/events/linked-2/doubt-cleared", {})).status_code == 204
    assert len(await door.log("intake.case-merged.v1")) == 2
    publisher = await door.http.post(path, json=why, headers=door.headers("west-yorkshire"))
    assert publisher.status_code == 403


async def test_a_charge_that_is_taken_back_leaves_the_names_of_its_case(door: Door) -> None:
    await accepted(door, crime_reported())
    made = charged("charge-1", crime(1), URN)
    await retracted(door, made, await accepted(door, made))
    await accepted(door, charged("charge-2", URN))
    [told] = await door.log("police.crime-reported.v1")
    *_, after = await door.log("cps.charge-authorised.v1")
    assert after["caseid"] == told["caseid"]


async def test_a_doubtful_naming_that_an_officer_let_stand_is_still_its_publishers_to_take_back(door: Door) -> None:
    named = victim_identified(more={"references": [{**crime(1), "value": "??"}]}, source=FORCE)
    receipt = await accepted(door, named)
    await door.officer(f"/events/{named['id']}/doubt-cleared", {})
    await retracted(door, named, receipt)
    assert len(await door.log("intake.link-revoked.v1")) == 1
