"""What a person asks for under an id of their own counts once, however often it is sent."""

from collections.abc import Mapping
from typing import Any

import pytest
from support.intake_door import ISSUER, Door, crime_reported, victim_identified
from support.movement_messages import NUMBER
from support.prison_door import WHY, case_of, prison_number_path

pytestmark = pytest.mark.usefixtures("noon")

ONE, OTHER = (f"0193cccc-0000-7000-8000-00000000000{n}" for n in (1, 2))
ODD = {"references": [{"scheme": "crime-reference", "issuer": ISSUER, "value": "??"}]}
REPORT = {"wants_support": True, "share_with_police": False, "contact": "after six", "report_id": ONE}


async def _said(door: Door, path: str, body: Mapping[str, Any], *, type_: str) -> list[dict[str, Any]]:
    """Sends it twice, which is answered alike; what is on record of it."""
    answers = [await door.officer(path, body) for _ in range(2)]
    assert {answer.status_code for answer in answers} <= {201, 204}, answers[-1].text
    assert answers[0].content == answers[1].content
    return await door.log(type_)


async def test_a_decision_sent_twice_is_one_and_another_is_refused_as_before(door: Door) -> None:
    """Guards the id of a decision."""
    await door.send(crime_reported(1))
    await door.send(victim_identified(2))
    await door.send(crime_reported(3, more=ODD))
    crime, identified, _, odd = await door.log()
    form = {"case_id": crime["caseid"], "defendant_id": "d1", "why": WHY, "decision_id": ONE}
    *_, link = await _said(door, f"/victims/{identified['victimid']}/links", form, type_="intake.victim-linked.v1")
    assert link["id"] == ONE
    revocation = {"why": WHY, "decision_id": OTHER}
    assert len(await _said(door, f"/links/{ONE}/revocation", revocation, type_="intake.link-revoked.v1")) == 1
    assert (await door.officer(f"/links/{ONE}/revocation", {"why": WHY})).status_code == 409
    assert (await door.officer(f"/links/{ONE}/revocation", revocation | {"why": "Else"})).status_code == 409

    cleared = {"decision_id": OTHER.replace("0002", "0003")}
    path = f"/events/{odd['id']}/doubt-cleared"
    assert len(await _said(door, path, cleared, type_="intake.doubt-cleared.v1")) == 1
    assert (await door.officer(path)).status_code == 409


async def test_what_was_taken_back_since_is_not_made_again_by_a_form_sent_again(door: Door) -> None:
    """Guards a decision sent again after another one."""
    await door.send(crime_reported(1))
    await door.send(victim_identified(2))
    crime, identified, _ = await door.log()
    linking = {"case_id": crime["caseid"], "defendant_id": "d1", "why": WHY, "decision_id": ONE}
    await door.officer(f"/victims/{identified['victimid']}/links", linking)
    await door.officer(f"/links/{ONE}/revocation", {"why": WHY})
    again = await door.officer(f"/victims/{identified['victimid']}/links", linking)
    assert (again.status_code, again.json()["link_id"]) == (201, ONE)
    async with door.pool.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM victim_link WHERE defendant_id = 'd1'") == 1

    case = await case_of(door, 9)
    path, number = prison_number_path(case, "d1"), {"number": NUMBER}
    withdrawal = number | {"why": WHY, "decision_id": OTHER}
    confirmation = number | {"decision_id": OTHER.replace("0002", "0004")}
    for body, part in ((confirmation, ""), (withdrawal, "/withdrawal"), (confirmation, ""), (number, "")):
        assert (await door.officer(f"{path}{part}", body)).status_code == 204
    assert (await door.officer(f"{path}/withdrawal", withdrawal)).status_code == 204
    assert len(await door.log("intake.offender-linked.v1")) == 2
    assert len(await door.log("intake.offender-unlinked.v1")) == 1


async def test_a_report_sent_twice_is_one_and_has_one_reference(door: Door) -> None:
    """Guards the id of a report."""
    first, again = [await door.http.post("/reports", json=REPORT) for _ in range(2)]
    assert (again.status_code, again.json()) == (201, first.json())
    assert len(await door.log("intake.report-received.v1")) == 1
    other = await door.http.post("/reports", json=REPORT | {"wants_support": False})
    assert (other.status_code, first.json()["report_reference"] in other.text) == (409, False)
    without = {name: value for name, value in REPORT.items() if name != "report_id"}
    references = {(await door.http.post("/reports", json=without)).json()["report_reference"] for _ in range(2)}
    assert len(references | {first.json()["report_reference"]}) == 3
