"""Playing: the order is fixed, and a failure names its step."""

import pytest
from sandbox.scenario import CHAPTERS
from sandbox.scenario.waiting import DidNotHappen, eventually, until


def test_no_two_steps_have_one_title() -> None:
    titles = [step.title for chapter in CHAPTERS for step in chapter]
    assert len(titles) == len(set(titles))


async def test_waiting_gives_what_was_found() -> None:
    found = iter([None, None, "here"])

    async def look() -> str | None:
        return next(found)

    assert await eventually("it is here", look) == "here"


async def test_what_did_not_happen_is_named_with_what_was_seen_instead() -> None:
    async def look() -> str | None:
        return None

    async def seen() -> object:
        return ["something else"]

    with pytest.raises(DidNotHappen, match=r"did not happen: a message left; seen: \['something else'\]"):
        await eventually("a message left", look, within=0, seen=seen)


async def test_waiting_for_a_condition_ends_at_its_deadline() -> None:
    async def never() -> bool:
        return False

    with pytest.raises(DidNotHappen, match="nobody came"):
        await until("nobody came", never, within=0)
