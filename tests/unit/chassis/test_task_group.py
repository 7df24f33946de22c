"""A group whose child fails is over when it is over: nothing of it is left on the task that held it."""

import asyncio

import pytest
from chassis.task_group import TaskGroup


async def fails() -> None:
    raise LookupError


@pytest.mark.parametrize("body", ["it waits for the children", "it works itself"])
async def test_a_task_whose_group_failed_does_not_look_cancelled(body: str) -> None:
    """Guards the count that Python before 3.13 leaves behind."""
    with pytest.raises(ExceptionGroup):
        async with TaskGroup() as group:
            group.create_task(fails())
            if body == "it works itself":
                await asyncio.Event().wait()
    held = asyncio.current_task()
    assert held is not None
    assert held.cancelling() == 0


async def test_a_task_that_was_cancelled_beside_its_failing_child_still_is() -> None:
    async def holds() -> None:
        with pytest.raises(ExceptionGroup):
            async with TaskGroup() as group:
                group.create_task(fails_when_cancelled())
        current = asyncio.current_task()
        counted.append(current.cancelling() if current else 0)

    async def fails_when_cancelled() -> None:
        try:
            started.set()
            await asyncio.Event().wait()
        finally:
            raise LookupError

    counted: list[int] = []
    started = asyncio.Event()
    holding = asyncio.create_task(holds())
    await started.wait()
    holding.cancel()
    await holding
    assert counted == [1]
