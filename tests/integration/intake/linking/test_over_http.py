"""Whom events concern, through the public interface: merges, reports, officers' links, doubt."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from support.intake_door import CPS, FORCE, ISSUER, Door, accepted, crime_reported, event, victim_identified

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("noon")]

URN = "13AB1234526"
ODD = {"references": [{"scheme": "crime-reference", "issuer": ISSUER, "value": "??"}]}


def authorised(id_: str = "charge-1", urn: str = URN) -> dict[str, Any]:
    return event(id_, "cps.charge-authorised.v1", {"references": [_urn(urn)]}, source=CPS)


def linked(urn: str = URN, id_: str = "linked-1") -> dict[str, Any]:
    references = [{"scheme": "crime-reference", "issuer": ISSUER, "value": "13/000001/26"}, _urn(urn)]
    return event(id_, "cps.case-references-linked.v1", {"references": references}, source=CPS)


def _urn(urn: str) -> Mapping[str, str]:
    return {"scheme": "urn", "issuer": "cps", "value": urn}


async def test_cases_that_the_prosecutor_links_are_merged_and_recorded_ids_stay(door: Door) -> None:
    await accepted(door, crime_reported())
    await accepted(door, authorised())
    await accepted(door, linked())
    await accepted(door, authorised("charge-2"))
    crime, charge, link, merged, later = await door.log()
    assert crime["caseid"] != charge["caseid"]
    assert merged["data"]["from_case"] == charge["caseid"]
    assert merged["data"]["into_case"] == crime["caseid"] == link["caseid"] == later["caseid"]
    assert merged["causationid"] == "linked-1"
    assert (await accepted(door, linked()))["duplicate"]
    assert len(await door.log()) == 5


async def test_a_fact_about_one_crime_of_a_merged_case_says_which_and_a_later_victim_is_linked_to_that_one(
    door: Door,
) -> None:
    await accepted(door, crime_reported(1))
    await accepted(door, crime_reported(2))
    both = [*crime_reported(1)["data"]["references"], *crime_reported(2)["data"]["references"]]
    await accepted(door, event("both", "cps.case-references-linked.v1", {"references": both}, source=CPS))
    await accepted(door, victim_identified(2))
    await accepted(door, victim_identified(1))
    await accepted(door, {**crime_reported(2), "id": "again"})
    one, two, both_said, merged, second, link, first, other_link, again = await door.log()
    assert (merged["data"]["from_case"], merged["data"]["same_crime"]) == (two["caseid"], False)
    assert both_said["crimeids"] == f"{one['caseid']},{two['caseid']}"
    assert {event["caseid"] for event in (both_said, second, link, first, again)} == {one["caseid"]}
    assert (second["crimeids"], again["crimeids"]) == (two["caseid"], two["caseid"])
    assert "crimeids" not in first
    assert (link["data"]["case_id"], other_link["data"]["case_id"]) == (two["caseid"], one["caseid"])


async def test_the_report_and_the_crime_that_the_police_quote_it_for_are_one_crime(door: Door) -> None:
    await accepted(door, crime_reported())
    told = {"wants_support": True, "share_with_police": True}
    reference = (await door.http.post("/reports", json=told)).json()["report_reference"]
    await accepted(door, victim_identified(more={"report_reference": reference}))
    [merged] = await door.log("intake.case-merged.v1")
    [identified] = await door.log("police.victim-identified.v1")
    assert merged["data"]["same_crime"]
    assert "crimeids" not in identified


def stopped(id_: str, victim: str | None) -> dict[str, Any]:
    data = {
        "references": crime_reported(1)["data"]["references"],
        "outcome_code": "16",
        "reason": "The victim does not support an investigation.",
        "review_eligible": True,
    }
    about = {} if victim is None else {"victim": {"issuer": ISSUER, "number": victim}}
    return event(id_, "police.no-further-action-decided.v1", data | about, source=FORCE)


async def test_a_decision_that_turns_on_one_victim_is_about_her_and_sealed_for_her(door: Door) -> None:
    await accepted(door, victim_identified(1, victim="V-1"))
    await accepted(door, victim_identified(1, victim="V-2"))
    await accepted(door, stopped("hers", "V-2"))
    await accepted(door, stopped("of-all", None))
    await accepted(door, stopped("of-somebody-new", "V-3"))
    _, second = await door.log("police.victim-identified.v1")
    hers, of_all, of_another = await door.log("police.no-further-action-decided.v1")
    assert hers["victimid"] == second["victimid"]
    assert hers["data"]["reason"]["subject"] == f"victim/{second['victimid']}"
    assert "victimid" not in of_all
    assert of_all["data"]["reason"]["subject"] == f"case/{of_all['caseid']}"
    *_, link = await door.log("intake.victim-linked.v1")
    assert (link["victimid"], link["causationid"]) == (of_another["victimid"], "of-somebody-new")


async def test_first_mentions_that_race_open_one_case_and_one_victim(door: Door) -> None:
    sent = [victim_identified(1), *(crime_reported(1, more={"offence": f"Burglary {n}"}) for n in range(8))]
    distinct = [{**one, "id": f"race-{n}"} for n, one in enumerate(sent)]
    answers = await asyncio.gather(*(door.send(one) for one in distinct))
    assert {answer.status_code for answer in answers} == {200}
    assert len({one["caseid"] for one in await door.log()}) == 1
    assert await door.count("reference") == 1
    assert await door.count("victim_link") == 1


async def test_batches_that_race_get_a_receipt_for_each_event_in_its_place(door: Door) -> None:
    """Each opens with a case that is known, so that what is planned anew is never the whole batch."""
    await accepted(door, crime_reported(9))
    batches = [
        [crime_reported(9, id=f"known-{n}"), *(crime_reported(case, id=f"{n}-{case}") for case in range(1, 5))]
        for n in range(12)
    ]
    answers = await asyncio.gather(*(door.send_batch(batch, client="west-yorkshire") for batch in batches))
    given = [[result["receipt"]["id"] for result in answer.json()["results"]] for answer in answers]
    assert given == [[event["id"] for event in batch] for batch in batches]
    assert await door.count("log") == 1 + 12 * 5
    assert await door.count("reference") == 5


async def test_an_online_report_is_joined_when_the_police_quote_it(door: Door) -> None:
    told = {"name": "Amira Example", "wants_support": True, "share_with_police": True, "contact": "amira@example.org"}
    answer = await door.http.post("/reports", json=told)
    assert answer.status_code == 201, answer.text
    reference = answer.json()["report_reference"]
    await accepted(door, crime_reported(more={"report_reference": reference}))
    await accepted(door, victim_identified(more={"report_reference": reference.lower().replace("-", " - ")}))
    report, link, crime, identified = await door.log()
    assert report["victimid"] == link["data"]["victim_id"] == identified["victimid"]
    assert report["caseid"] == crime["caseid"] == identified["caseid"]
    async with door.pool.acquire() as connection:
        contact = await connection.fetchval("SELECT contact FROM report")
    assert b"amira" not in contact


async def test_a_report_that_the_person_did_not_share_is_not_joined_by_the_police(door: Door) -> None:
    answer = await door.http.post("/reports", json={"wants_support": True, "share_with_police": False})
    reference = answer.json()["report_reference"]
    await accepted(door, crime_reported(more={"report_reference": reference}))
    report, _, crime = await door.log()
    assert report["caseid"] != crime["caseid"]
    assert crime["doubt"] == "references-disagree"


async def test_a_case_named_only_by_a_report_that_we_do_not_know_waits_for_an_officer(door: Door) -> None:
    quoted = {"references": [{"scheme": "report-reference", "issuer": "throughline", "value": "R-0000-0000-0000"}]}
    await accepted(door, victim_identified(1, more=quoted))
    [identified] = await door.log()
    assert identified["doubt"] == "references-disagree"
    number = {"number": "A1234AA"}
    assert (await door.officer(f"/cases/{identified['caseid']}/defendants/d1/prison-number", number)).status_code == 409
    link = {"case_id": identified["caseid"]}
    assert (await door.officer(f"/victims/{identified['victimid']}/links", link)).status_code == 201


@pytest.mark.parametrize(
    ("now", "today", "tomorrow"),
    [
        (datetime(2027, 1, 10, 23, 59, tzinfo=UTC), "2027-01-10", "2027-01-11"),
        (datetime(2027, 7, 1, 22, 59, tzinfo=UTC), "2027-07-01", "2027-07-02"),
        (datetime(2027, 7, 1, 23, 1, tzinfo=UTC), "2027-07-02", "2027-07-03"),
    ],
    ids=["late on a winter day", "before midnight in summer", "after midnight in summer, not yet in UTC"],
)
async def test_a_report_of_a_day_that_has_not_begun_in_london_is_refused(
    door: Door, now: datetime, today: str, tomorrow: str
) -> None:
    await door.set_time(now)
    told = {"wants_support": True, "share_with_police": False}
    refused = await door.http.post("/reports", json={**told, "happened_on": tomorrow})
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert "today or earlier" in refused.json()["detail"]
    assert tomorrow not in refused.text
    assert await door.log() == []
    assert (await door.http.post("/reports", json={**told, "happened_on": today})).status_code == 201


async def test_too_many_reports_from_one_address_are_refused(door: Door) -> None:
    statuses = [
        (await door.http.post("/reports", json={"wants_support": True, "share_with_police": False})).status_code
        for _ in range(21)
    ]
    assert statuses[:20] == [201] * 20
    assert statuses[20] == 429


@pytest.mark.parametrize(
    ("sent", "doubt"),
    [
        (crime_reported(time="2099-01-01T00:00:00Z"), "future-time"),
        (authorised(urn="13AB"), "urn-pattern"),
        (crime_reported(more=ODD), "crime-reference-pattern"),
    ],
)
async def test_what_is_doubtful_is_kept_and_flagged_until_an_officer_has_looked(
    door: Door, sent: dict[str, Any], doubt: str
) -> None:
    await accepted(door, sent)
    [recorded] = await door.log()
    assert recorded["doubt"] == doubt
    assert (await door.officer(f"/events/{sent['id']}/doubt-cleared")).status_code == 204
    assert (await door.officer(f"/events/{sent['id']}/doubt-cleared")).status_code == 409
    [cleared] = await door.log("intake.doubt-cleared.v1")
    assert (cleared["data"]["event_id"], cleared["caseid"]) == (sent["id"], recorded["caseid"])


async def test_clearing_a_doubtful_link_of_references_merges_their_cases(door: Door) -> None:
    await accepted(door, crime_reported())
    await accepted(door, authorised(urn="13AB"))
    await accepted(door, linked(urn="13AB"))
    assert await door.log("intake.case-merged.v1") == []
    assert (await door.officer("/events/linked-1/doubt-cleared")).status_code == 204
    assert len(await door.log("intake.case-merged.v1")) == 1


async def test_an_officer_links_and_revokes(door: Door) -> None:
    await accepted(door, crime_reported(1))
    await accepted(door, victim_identified(2))
    crime, identified, _ = await door.log()
    victim, form = identified["victimid"], {"case_id": crime["caseid"], "defendant_id": "d1", "offence_ids": ["o1"]}
    made = await door.officer(f"/victims/{victim}/links", form)
    assert made.status_code == 201, made.text
    again = await door.officer(f"/victims/{victim}/links", form)
    assert again.status_code == 201, "an officer may look again at what of the case is hers"
    assert again.json()["link_id"] != made.json()["link_id"]
    link = made.json()["link_id"]
    assert (await door.log("intake.victim-linked.v1"))[-1]["data"]["offence_ids"] == ["o1"]
    assert (await door.officer(f"/links/{link}/revocation", {"why": "Wrong person"})).status_code == 204
    assert (await door.officer(f"/links/{link}/revocation", {"why": "Wrong person"})).status_code == 409
    [revoked] = await door.log("intake.link-revoked.v1")
    assert revoked["data"]["link_id"] == link
    nobody = "01930000-0000-7000-8000-00000000ffff"
    assert (await door.officer(f"/victims/{nobody}/links", form)).status_code == 404
    publisher = await door.http.post(f"/victims/{victim}/links", json=form, headers=door.headers("west-yorkshire"))
    assert publisher.status_code == 403


async def test_a_revoked_link_is_not_made_again_by_a_publisher_that_has_not_heard(door: Door) -> None:
    await accepted(door, victim_identified(1))
    [link] = await door.log("intake.victim-linked.v1")
    assert (await door.officer(f"/links/{link['id']}/revocation", {"why": "Wrong person"})).status_code == 204
    await accepted(door, victim_identified(1, id="again"))
    *_, again = await door.log("police.victim-identified.v1")
    assert (again["id"], again["doubt"]) == ("again", "link-revoked")
    assert len(await door.log("intake.victim-linked.v1")) == 1
    assert (await door.officer("/events/again/doubt-cleared", {})).status_code == 204
    *_, anew = await door.log("intake.victim-linked.v1")
    assert (anew["data"]["victim_id"], anew["data"]["case_id"]) == (link["data"]["victim_id"], link["data"]["case_id"])
    await accepted(door, victim_identified(1, id="after"))
    *_, after = await door.log("police.victim-identified.v1")
    assert "doubt" not in after
