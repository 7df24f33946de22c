"""One attempt of a loop: what passes is kept, what does not goes on, and a cancellation wins over both."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from chassis.cancellation import cancellation_first
from chassis.errors import PermanentFailure, TransientFailure
from chassis.retrying import Attempt
from chassis.task_group import TaskGroup


async def test_what_passes_by_itself_is_kept_and_what_does_not_goes_on() -> None:
    with Attempt() as tried:
        raise TransientFailure("away")
    assert isinstance(tried.error, TransientFailure)
    with Attempt() as tried:
        pass
    assert tried.error is None
    with pytest.raises(PermanentFailure), Attempt():
        raise PermanentFailure("for good")


async def replaced(started: asyncio.Event) -> None:
    """As asyncpg's exits do."""
    try:
        started.set()
        await asyncio.Event().wait()
    finally:
        raise TransientFailure("the connection was closed")


async def swallowed(started: asyncio.Event) -> None:
    """As a library may that waits for what is done already."""
    try:
        started.set()
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        return


async def replaced_in_a_group(started: asyncio.Event) -> None:
    async with TaskGroup() as group:
        group.create_task(replaced(started))


@pytest.mark.parametrize("work", [replaced, swallowed, replaced_in_a_group])
async def test_a_loop_that_tries_again_ends_when_it_is_cancelled(
    work: Callable[[asyncio.Event], Awaitable[None]],
) -> None:
    """Guards the attempt's look at its task's cancellation."""
    started = asyncio.Event()

    async def loop() -> str:
        with Attempt(passes=lambda _: True):
            await work(started)
        return "it began again"

    looping = asyncio.create_task(loop())
    await started.wait()
    looping.cancel()
    await asyncio.wait([looping], timeout=1)
    assert looping.cancelled(), looping.result()


async def test_a_group_that_failed_within_an_attempt_is_tried_again() -> None:
    async def fails() -> None:
        raise TransientFailure("away")

    for _ in range(2):
        with Attempt(passes=lambda _: True) as tried:
            async with TaskGroup() as group:
                group.create_task(fails())
        assert isinstance(tried.error, ExceptionGroup)


async def test_a_time_out_around_stays_one_whatever_a_library_makes_of_it() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            with cancellation_first():
                await replaced(asyncio.Event())
