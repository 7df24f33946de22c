"""The form of the officer's page in which a contact is recorded."""

import pytest
from support.desk_page import CONTACT, OVERDUE, VICTIM, Caseload, opened, waiting


@pytest.mark.parametrize(
    ("entered", "asked"),
    [
        ({}, ["Tick what you told them", "Choose how you were in touch"]),
        ({"how": "phone"}, ["Tick what you told them"]),
        ({"told": f"{CONTACT}|{CONTACT}"}, ["Choose how you were in touch"]),
    ],
)
async def test_a_contact_that_says_too_little_is_asked_for_again(entered: dict[str, str], asked: list[str]) -> None:
    async with opened(Caseload([waiting("Amira", OVERDUE)], [])) as client:
        answer = await client.post("/contact", data={"victim": VICTIM, "contact_id": CONTACT, **entered})
    assert answer.status_code == 422
    assert "<title>Error: What is due</title>" in answer.text
    for words in asked:
        assert answer.text.count(words) == 2, "the same words stand at the top and at the field"
    assert answer.text.count("<li><a href") == len(asked)


async def test_a_line_that_is_none_of_the_pages_own_is_refused() -> None:
    async with opened(Caseload([waiting("Amira", OVERDUE)], [])) as client:
        tampered = {"victim": VICTIM, "contact_id": CONTACT, "how": "phone", "told": "the trial|"}
        assert (await client.post("/contact", data=tampered)).status_code == 422


async def test_what_was_done_is_said_once_and_only_in_the_browser_in_which_it_was_done() -> None:
    async with opened(Caseload([], [])) as client:
        assert "The contact is recorded." not in (await client.get("/?said=contact")).text
        answer = await client.get("/", headers={"Cookie": "desk-done=contact"})
    assert "The contact is recorded." in answer.text
    assert "Max-Age=0" in answer.headers["set-cookie"]


async def test_a_browser_that_says_it_did_something_that_there_is_not_is_told_nothing() -> None:
    async with opened(Caseload([], [])) as client:
        answer = await client.get("/", headers={"Cookie": "desk-done=made-up"})
    assert answer.status_code == 200
    assert 'role="status"' not in answer.text
