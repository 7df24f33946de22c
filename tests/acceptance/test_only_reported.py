"""Somebody who told us what happened, of whom no agency has said a word and whom nobody has taken over."""

import pytest
from sandbox.scenario import cast
from sandbox.scenario.calls import Service, address, as_person, expect
from sandbox.scenario.chapters.promise import FIRST, TERMS
from sandbox.scenario.people import decisions, waiting_for_anybody
from support.deadline import until
from support.everything import Everything

pytestmark = [pytest.mark.servers, pytest.mark.asyncio(loop_scope="session")]

NAME = "Cora Wren"
REPORT = {"name": NAME, "wants_support": False, "share_with_police": False}


async def test_a_promise_can_be_agreed_with_whoever_has_made_a_report_only(everything: Everything) -> None:
    world = everything.world
    expect(await world.http.post(f"{address(world, Service.INTAKE)}/reports", json=REPORT), 201)
    found: list[str] = []

    async def seen() -> bool:
        waiting = await waiting_for_anybody(world, cast.POLICE_OFFICER, name=NAME)
        found.extend([waiting.victim_id] if waiting else [])
        return waiting is not None

    await until(seen, "whoever reported is among the victims whom nobody has taken over")
    path = f"/victims/{found[0]}/contact-promise"

    async def agreed() -> bool:
        answer = await as_person(
            world, cast.POLICE_OFFICER, Service.NOTIFICATIONS, "PUT", path, body=TERMS, headers=FIRST
        )
        return expect(answer, 200, 404).status_code == 200

    await until(agreed, "an officer agrees a promise with them")
    assert (await decisions(world, cast.POLICE_OFFICER, of=found[0])).decisions == ()
