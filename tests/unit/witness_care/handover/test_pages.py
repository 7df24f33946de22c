"""The pages on which an officer takes over: from nobody, or from a colleague."""

import pytest
from support.desk_page import OVERDUE, ROBIN, VICTIM, Caseload, opened, waiting
from witness_care.handover.colleague_page import choices
from witness_care.handover.colleagues import Colleague


async def test_an_officer_chooses_the_colleague_by_name() -> None:
    async with opened(Caseload([], [], {ROBIN: [waiting("Ben Okoro")]})) as client:
        assert 'href="/colleagues"' in (await client.get("/")).text
        answer = await client.get("/colleagues")
    assert '<option value="officer-2">Robin Example, witness care officer: 1 victim</option>' in answer.text
    assert "Ben Okoro" not in answer.text, "whose victims nobody asked for stay unnamed"


async def test_an_officer_sees_from_whom_they_would_take_over() -> None:
    async with opened(Caseload([], [], {ROBIN: [waiting("Ben Okoro", OVERDUE)]})) as client:
        answer = await client.post("/colleagues", data={"colleague": ROBIN.officer})
    assert answer.status_code == 200
    assert "is Robin Example, witness care officer, 020 7946 0000. That stays so until you take over." in answer.text
    assert ">Ben Okoro</label>" in answer.text
    assert "Take over those ticked, in place of Robin Example" in answer.text
    assert "Take over all" not in answer.text, "one is all"
    assert '<input type="hidden" name="giver" value="officer-2">' in answer.text
    assert "1 due. Overdue since" in answer.text


@pytest.mark.parametrize(
    ("chosen", "asked"),
    [("", "Choose a colleague"), ("officer-3", "That colleague answers to nobody now. Choose another")],
)
async def test_without_a_colleague_there_is_nobody_to_take_over_from(chosen: str, asked: str) -> None:
    async with opened(Caseload([], [], {ROBIN: [waiting("Ben Okoro")]})) as client:
        answer = await client.post("/colleagues", data={"colleague": chosen})
    assert answer.status_code == 422
    assert "<title>Error: Take over from a colleague</title>" in answer.text
    assert f'<a href="#colleague">{asked}</a>' in answer.text


@pytest.mark.parametrize(
    ("entered", "asked"),
    [
        ({"ticked": VICTIM}, ['<a href="#name-0">Enter your name']),
        ({"name": "Sam Sample"}, ['<a href="#ticked-0">Tick whom you take over']),
        ({}, ['<a href="#name-0">Enter your name', '<a href="#ticked-0">Tick whom you take over']),
    ],
)
async def test_what_is_missing_is_asked_for_beside_the_colleagues_victims(
    entered: dict[str, str], asked: list[str]
) -> None:
    async with opened(Caseload([], [], {ROBIN: [waiting("Ben Okoro"), waiting("Amira Hassan")]})) as client:
        answer = await client.post("/handover", data={"giver": ROBIN.officer, "role": "police-officer", **entered})
    assert answer.status_code == 422
    assert "Take over from Robin Example</h1>" in answer.text
    assert [words for words in asked if words in answer.text] == asked
    assert answer.text.count("<li><a href") == len(asked)
    assert '<option value="police-officer" selected>' in answer.text
    assert (" checked>" in answer.text) == ("ticked" in entered)
    assert "Take over all 2" in answer.text


async def test_a_name_that_is_missing_is_asked_for_and_the_rest_is_kept() -> None:
    async with opened(Caseload([], [waiting("Ben", OVERDUE)])) as client:
        answer = await client.post(
            "/take-over", data={"victim": VICTIM, "role": "victim-liaison-officer", "phone": "020 7946 0000"}
        )
    assert answer.status_code == 422
    assert '<a href="#name-0">Enter your name' in answer.text
    assert 'value="020 7946 0000"' in answer.text
    assert '<option value="victim-liaison-officer" selected>' in answer.text


async def test_what_an_officer_is_is_never_chosen_for_them() -> None:
    async with opened(Caseload([], [waiting("Ben", OVERDUE)])) as client:
        page = await client.get("/")
        answer = await client.post("/take-over", data={"victim": VICTIM, "name": "Sam Sample", "role": ""})
    assert '<option value="">Choose</option>' in page.text
    assert " selected>" not in page.text
    assert answer.status_code == 422
    assert '<a href="#role-0">Choose what you are' in answer.text


def test_a_colleague_whose_name_cannot_be_read_can_be_chosen_still() -> None:
    assert choices([Colleague("officer-2", None, 2)]) == {"officer-2": "An officer whose name is not known: 2 victims"}
