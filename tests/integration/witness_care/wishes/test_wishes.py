"""What a victim asked for in a report is due until somebody acts on it, and due again when that comes to nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from contracts.ids import VictimId
from support.desk_world import AMIRA, BEN, PERSON, World

REFERENCE = "R-7KQM-2XTW-HN4D"
CRIME = [{"scheme": "crime-reference", "issuer": "north-force", "value": "NF/1/26"}]
NUMBER = {"issuer": "north-force", "number": "V-1"}
SUPPORT, POLICE = "They asked for support", "They want the police to have their report"
ANSWER, AGAIN = (str(UUID(int=number)) for number in (71, 72))

Step = tuple[str, dict[str, Any]]
MADE: Step = (
    "support.referral-made.v1",
    {"referral_id": "ref-1", "service": "Example Support", "referred_by": "police"},
)
ACCEPTED: Step = ("support.referral-accepted.v1", {"referral_id": "ref-1", "service": "Example Support"})
OTHER_MADE: Step = (MADE[0], MADE[1] | {"referral_id": "ref-2"})


def declined(by: str, *, referral: str = "ref-1") -> Step:
    said = {"referral_id": referral, "service": "Example Support", "declined_by": by}
    return ("support.referral-declined.v1", said)


def of_victim(step: Step) -> dict[str, Any]:
    kind, data = step
    facts = {"references": CRIME, "victim": NUMBER} if kind.startswith(("support.referral", "police.victim")) else {}
    return facts | data


def a_report(*, support: bool = True, police: bool = True) -> dict[str, Any]:
    return {"report_reference": REFERENCE, "wants_support": support, "share_with_police": police}


async def asked(world: World) -> list[str]:
    """What Amira still waits for."""
    victims = (await world.due())["unassigned"]
    return [item["what"].partition(":")[0] for victim in victims for item in victim["items"] if item["kind"] == "wish"]


async def hear(world: World, *steps: Step, victim: VictimId | None = AMIRA) -> list[str]:
    return [await world.hear(step[0], of_victim(step), victim=victim) for step in steps]


def taking_back(publisher: str, event_id: str) -> Step:
    said = {"original_id": event_id, "corrects_state": "0" * 64, "reason": "entered for somebody else"}
    return (f"{publisher}.event-retracted.v1", said)


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (a_report(), {SUPPORT, POLICE}),
        (a_report(police=False), {SUPPORT}),
        (a_report(support=False), {POLICE}),
        (a_report(support=False, police=False), set()),
    ],
)
async def test_each_thing_asked_for_is_a_line_of_its_own(world: World, report: Any, expected: set[str]) -> None:
    await world.hear("intake.report-received.v1", report)
    assert set(await asked(world)) == expected


async def test_it_is_due_at_the_end_of_work_two_working_days_later(world: World) -> None:
    """Heard on Monday 2 March 2026."""
    await world.hear("intake.report-received.v1", a_report())
    items = (await world.due())["unassigned"][0]["items"]
    assert [item["due_at"] for item in items] == ["2026-03-04T17:00:00Z"] * 2
    assert {item["wish"]["reference"] for item in items} == {REFERENCE}


@pytest.mark.parametrize(
    ("steps", "waits"),
    [
        ([MADE], []),
        ([ACCEPTED], []),
        ([declined("victim")], []),
        ([declined("service")], [SUPPORT]),
        ([MADE, declined("service")], [SUPPORT]),
        ([declined("service"), MADE], [SUPPORT]),
        ([MADE, OTHER_MADE, declined("service")], []),
        ([MADE, declined("service"), OTHER_MADE], []),
        ([MADE, declined("victim")], []),
    ],
)
async def test_support_is_due_until_a_service_will_help_or_they_do_not_want_it(
    world: World, steps: Sequence[Step], waits: list[str]
) -> None:
    await world.hear("intake.report-received.v1", a_report(police=False))
    await hear(world, *steps)
    assert await asked(world) == waits


async def test_facts_that_come_before_the_report_count_as_those_after_it(world: World) -> None:
    await hear(world, MADE, ("police.victim-identified.v1", {"name": "Amira Example"}))
    await world.hear("intake.report-received.v1", a_report())
    assert await asked(world) == []


@pytest.mark.parametrize("quoted", [REFERENCE, REFERENCE.lower(), f" {REFERENCE} "])
async def test_the_police_have_the_report_when_they_quote_it(world: World, quoted: str) -> None:
    await world.hear("intake.report-received.v1", a_report(support=False))
    crime = {"references": CRIME, "offence": "Burglary", "channel": "online", "report_reference": quoted.strip()}
    await world.hear("police.crime-reported.v1", crime, victim=None)
    assert await asked(world) == []


async def test_a_fact_in_doubt_ends_nothing(world: World) -> None:
    await world.hear("intake.report-received.v1", a_report(police=False))
    await world.hear(MADE[0], of_victim(MADE), doubt="references-disagree")
    assert await asked(world) == [SUPPORT]


async def test_what_ended_it_and_is_taken_back_makes_it_due_anew(world: World) -> None:
    await world.hear("intake.report-received.v1", a_report())
    referral, naming = await hear(world, MADE, ("police.victim-identified.v1", {"name": "Amira Example"}))
    assert await asked(world) == []
    await hear(world, taking_back("support", referral))
    assert await asked(world) == [SUPPORT]
    await hear(world, taking_back("police", naming))
    assert set(await asked(world)) == {SUPPORT, POLICE}


async def test_a_service_s_no_that_is_taken_back_leaves_the_referral_standing(world: World) -> None:
    await world.hear("intake.report-received.v1", a_report(police=False))
    _, no = await hear(world, MADE, declined("service"))
    assert await asked(world) == [SUPPORT]
    await hear(world, taking_back("support", no))
    assert await asked(world) == []


async def test_a_referral_of_somebody_else_ends_nothing(world: World) -> None:
    await world.hear("intake.report-received.v1", a_report(police=False))
    await hear(world, MADE, victim=BEN)
    assert await asked(world) == [SUPPORT]


async def test_a_report_put_right_asks_for_what_it_says_now_and_one_taken_back_for_nothing(world: World) -> None:
    report = await world.hear("intake.report-received.v1", a_report(police=False))
    right = {"type": "intake.report-received.v1", "data": a_report(support=False)}
    said = {"original_id": report, "corrects_state": "0" * 64, "reason": "misheard", "replacement": right}
    await hear(world, ("intake.event-corrected.v1", said))
    assert await asked(world) == [POLICE]
    await hear(world, taking_back("police", report))
    assert await asked(world) == [POLICE]
    await hear(world, taking_back("intake", report))
    assert await asked(world) == []


async def answered(
    world: World, report: str, *, outcome: str = "done", wish: str = "support", answer: str = ANSWER
) -> int:
    body = {"answer_id": answer, "report_id": report, "wish": wish, "outcome": outcome}
    return (await world.call("POST", f"/victims/{AMIRA}/wishes", body)).status_code


@pytest.mark.parametrize("outcome", ["done", "not-wanted"])
async def test_an_officer_s_answer_ends_that_wish_and_no_other(world: World, outcome: str) -> None:
    report = await world.hear("intake.report-received.v1", a_report())
    assert [await answered(world, report, outcome=outcome) for _ in range(2)] == [204, 204]
    assert await asked(world) == [POLICE]
    assert await answered(world, report, outcome=outcome, answer=AGAIN) == 409
    async with world.pool.acquire() as connection:
        said = await connection.fetchval("SELECT count(*) FROM log WHERE type = 'witness-care.wish-answered.v1'")
    assert said == 1


async def test_what_nobody_asked_for_cannot_be_answered(world: World) -> None:
    report = await world.hear("intake.report-received.v1", a_report(police=False))
    assert await answered(world, report, wish="police") == 409


async def test_on_the_page_the_answer_is_chosen_and_said_once(world: World) -> None:
    report = await world.hear("intake.report-received.v1", a_report(police=False))
    await world.call("POST", f"/victims/{AMIRA}/contact-person", PERSON)
    page = (await world.page(officer="officer-1")).text
    assert f"in the report {REFERENCE}" in page
    form = {"victim": AMIRA, "answer_id": ANSWER, "report_id": report, "wish": "support"}
    refused = await world.sent("/wish", form, officer="officer-1")
    assert refused.status_code == 422
    assert "Choose what became of what they asked for" in refused.text
    assert (await world.sent("/wish", form | {"outcome": "done"}, officer="officer-1")).status_code == 303
    assert "Asked on" not in (await world.page(officer="officer-1")).text
