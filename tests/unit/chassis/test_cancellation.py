"""A cancellation that nobody asked for is an error; our own stays what it is."""

import asyncio

import pytest
from chassis.cancellation import StrayCancellation, unless_astray
from chassis.task_group import TaskGroup


async def a_library_that_cancels_what_it_awaits() -> None:
    future = asyncio.get_running_loop().create_future()
    future.cancel()
    await future


async def test_a_librarys_own_cancellation_is_a_failure_that_a_group_sees() -> None:
    """Guards against a loop that ends in silence: without it the group waits for the others as if all were well."""
    with pytest.raises(ExceptionGroup) as caught:
        async with TaskGroup() as group:
            group.create_task(unless_astray(a_library_that_cancels_what_it_awaits()))
            group.create_task(asyncio.Event().wait())
    assert caught.group_contains(StrayCancellation)


async def test_our_own_cancellation_stays_one() -> None:
    never = asyncio.Event()

    async def wait() -> None:
        await never.wait()

    task = asyncio.create_task(unless_astray(wait()))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await asyncio.shield(task)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert task.cancelled()


async def test_a_deadline_around_it_stays_a_deadline() -> None:
    never = asyncio.Event()

    async def wait() -> None:
        await never.wait()

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await unless_astray(wait())
