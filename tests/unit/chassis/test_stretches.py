"""Long work lets others have their turn, and loses nothing on the way."""

import asyncio

import pytest
from chassis.stretches import stretches


@pytest.mark.parametrize("count", [0, 1, 3, 4, 9])
async def test_every_item_comes_once_and_in_order(count: int) -> None:
    items = list(range(count))
    found = [list(some) async for some in stretches(items, of=3)]
    assert [item for some in found for item in some] == items
    assert all(0 < len(some) <= 3 for some in found)


async def test_what_is_ready_gets_its_turn_between_two_stretches() -> None:
    seen: list[str] = []

    async def other() -> None:
        seen.append("other")

    async for some in stretches([1, 2, 3, 4], of=2):
        seen.append(f"work {some}")
        if len(seen) == 1:
            waiting = asyncio.create_task(other())
    await waiting
    assert seen == ["work [1, 2]", "other", "work [3, 4]"]
