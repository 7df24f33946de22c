"""How somebody who reported wants to be reached is read by officers alone, and each reading is on record."""

import pytest
from contracts.ids import VictimId
from support.intake_door import Door

TYPED = "amira@example.org, after six"
REPORT = {"wants_support": True, "share_with_police": False, "contact": TYPED}


async def reported(door: Door, told: dict[str, object]) -> tuple[str, VictimId]:
    answer = await door.http.post("/reports", json=told)
    report, *_ = await door.log()
    return answer.json()["report_reference"], VictimId(report["victimid"])


async def test_an_officer_reads_what_was_typed_and_that_is_on_record(door: Door) -> None:
    reference, victim = await reported(door, REPORT)
    answer = await door.http.get(f"/victims/{victim}/reports", headers=door.issuer.headers(roles=("officer",)))
    [report] = answer.json()
    assert (report["reference"], report["contact"], report["share_with_police"]) == (reference, TYPED, False)
    assert [subject for _, subject in door.vault.unwraps] == [f"victim/{victim}"]


async def test_without_a_contact_and_after_an_erasure_there_is_none_to_read(door: Door) -> None:
    _, victim = await reported(door, REPORT)
    await door.vault.erase(f"victim/{victim}", reason="test")
    answer = await door.http.get(f"/victims/{victim}/reports", headers=door.issuer.headers(roles=("officer",)))
    assert [report["contact"] for report in answer.json()] == [None]


@pytest.mark.parametrize("roles", [(), ("victim",), ("auditor",)])
async def test_nobody_else_reads_it(door: Door, roles: tuple[str, ...]) -> None:
    _, victim = await reported(door, REPORT)
    answer = await door.http.get(f"/victims/{victim}/reports", headers=door.issuer.headers(roles=roles))
    assert answer.status_code == 403
    assert TYPED not in answer.text
    assert door.vault.unwraps == []
