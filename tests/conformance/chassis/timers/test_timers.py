"""One suite for the timers in memory and in PostgreSQL."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from chassis.database import open_pool
from chassis.timers import AnyHandler, Timer
from chassis.timers.claim import MOST_TRIES
from support.timing import CALLING, KIND, OTHER_KIND, Called, Fired, MemoryTiming, PostgresTiming, Timing

HOUR = timedelta(hours=1)


@pytest.fixture
def fired() -> Fired:
    return Fired()


@pytest.fixture
def called() -> Called:
    return Called()


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.servers)])
def dsn(request: pytest.FixtureRequest) -> str | None:
    if request.param == "memory":
        return None
    made: str = request.getfixturevalue("database")("chassis")
    return made


@pytest.fixture
async def timing(dsn: str | None, fired: Fired, called: Called) -> AsyncIterator[Timing]:
    handlers: dict[str, AnyHandler] = {KIND: fired, OTHER_KIND: fired, CALLING: called}
    if dsn is None:
        yield MemoryTiming(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), handlers)
        return
    async with open_pool(dsn) as pool:
        yield PostgresTiming(pool, handlers)


async def test_a_timer_fires_when_due_not_before_and_once(timing: Timing, fired: Fired) -> None:
    due = await timing.now() + HOUR
    await timing.set(Timer(KIND, "a", due, {"news_id": "n1", "ids": [1, 2]}))
    await timing.fire_due()
    assert fired.keys == []
    await timing.advance(HOUR)
    await timing.fire_due()
    await timing.fire_due()
    assert [(one.key, one.due_at, one.payload) for one in fired.seen] == [("a", due, {"news_id": "n1", "ids": [1, 2]})]


async def test_timers_of_a_kind_fire_in_due_order(timing: Timing, fired: Fired) -> None:
    now = await timing.now()
    for key, hours in (("c", 3), ("a", 1), ("b", 2)):
        await timing.set(Timer(KIND, key, now + hours * HOUR))
    await timing.advance(5 * HOUR)
    await timing.fire_due()
    assert fired.keys == ["a", "b", "c"]


async def test_setting_again_moves_the_timer(timing: Timing, fired: Fired) -> None:
    now = await timing.now()
    await timing.set(Timer(KIND, "a", now + HOUR, {"version": 1}))
    await timing.set(Timer(KIND, "a", now + 3 * HOUR, {"version": 2}))
    await timing.advance(2 * HOUR)
    await timing.fire_due()
    assert fired.keys == []
    await timing.advance(2 * HOUR)
    await timing.fire_due()
    assert [one.payload for one in fired.seen] == [{"version": 2}]


async def test_a_cancelled_timer_does_not_fire(timing: Timing, fired: Fired) -> None:
    await timing.set(Timer(KIND, "a", await timing.now() + HOUR))
    assert await timing.cancel(kind=KIND, key="a")
    assert not await timing.cancel(kind=KIND, key="a")
    await timing.advance(2 * HOUR)
    await timing.fire_due()
    assert fired.keys == []


async def test_the_same_key_of_another_kind_is_another_timer(timing: Timing, fired: Fired) -> None:
    now = await timing.now()
    await timing.set(Timer(KIND, "a", now + HOUR))
    await timing.set(Timer(OTHER_KIND, "a", now + HOUR))
    await timing.cancel(kind=KIND, key="a")
    await timing.advance(2 * HOUR)
    await timing.fire_due()
    assert [one.kind for one in fired.seen] == [OTHER_KIND]


async def test_a_timer_that_fails_for_now_fires_later_and_holds_nobody_up(timing: Timing, fired: Fired) -> None:
    now = await timing.now()
    fired.away = {"b"}
    for key in "abc":
        await timing.set(Timer(KIND, key, now + HOUR))
    await timing.advance(2 * HOUR)
    await timing.fire_due()
    await timing.fire_due()
    assert fired.keys == ["a", "c"]
    fired.away.clear()
    await timing.fire_due()
    assert fired.keys == ["a", "c", "b"]
    assert fired.seen[-1].attempts == 2


async def test_a_timer_that_fails_for_good_is_recorded_and_holds_nobody_up(timing: Timing, fired: Fired) -> None:
    now = await timing.now()
    fired.poison = {"b"}
    for key in "abc":
        await timing.set(Timer(KIND, key, now + HOUR))
    await timing.advance(2 * HOUR)
    await timing.fire_due()
    assert fired.keys == ["a", "c"]
    assert await timing.failed() == ["b"]
    fired.poison.clear()
    await timing.fire_due()
    assert fired.keys == ["a", "c"]
    await timing.set(Timer(KIND, "b", now))
    assert await timing.failed() == []
    await timing.fire_due()
    assert fired.keys == ["a", "c", "b"]


async def test_a_kind_that_nobody_handles_is_left_as_it_is_for_a_release_that_does(
    timing: Timing, fired: Fired
) -> None:
    """Guards a rolling deploy: a leader of the release before fails no timer of the new one."""
    now = await timing.now()
    await timing.set(Timer("unheard-of", "a", now))
    await timing.set(Timer(KIND, "b", now))
    await timing.fire_due()
    assert await timing.failed() == []
    assert fired.keys == ["b"]
    assert await timing.cancel(kind="unheard-of", key="a")


async def test_what_failed_is_tried_again_after_an_hour(timing: Timing, fired: Fired) -> None:
    fired.poison = {"a", "b"}
    for key in "ab":
        await timing.set(Timer(KIND, key, await timing.now()))
    await timing.fire_due()
    await timing.an_hour_passes()
    fired.poison = {"b"}
    await timing.fire_due()
    assert fired.keys == ["a"]
    assert fired.seen[0].attempts == 1
    assert await timing.failed() == ["b"]
    fired.poison.clear()
    await timing.fire_due()
    assert await timing.failed() == ["b"]
    await timing.an_hour_passes()
    await timing.fire_due()
    assert fired.keys == ["a", "b"]
    assert await timing.failed() == []


async def test_what_fails_for_the_moment_too_often_is_failed_and_still_tried(timing: Timing, fired: Fired) -> None:
    fired.away = {"a"}
    await timing.set(Timer(KIND, "a", await timing.now()))
    for _ in range(MOST_TRIES - 1):
        await timing.fire_due()
    assert await timing.failed() == []
    await timing.fire_due()
    assert await timing.failed() == ["a"]
    fired.away.clear()
    await timing.an_hour_passes()
    await timing.fire_due()
    assert fired.keys == ["a"]


async def test_timers_that_always_fail_for_the_moment_starve_no_others(timing: Timing, fired: Fired) -> None:
    """Guards the order of next tries: three that always fail do not stand before all that were put off."""
    now = await timing.now()
    fired.away = {"a", "b", "c", "d"}
    for key in "abcd":
        await timing.set(Timer(KIND, key, now))
    await timing.fire_due()
    fired.away = {"a", "b", "c"}
    for _ in range(2):
        await timing.fire_due()
    assert fired.keys == ["d"]


async def test_a_failed_timer_is_cancelled_like_any_other(timing: Timing, fired: Fired) -> None:
    fired.poison = {"a"}
    await timing.set(Timer(KIND, "a", await timing.now()))
    await timing.fire_due()
    assert await timing.cancel(kind=KIND, key="a")
    assert await timing.failed() == []


async def test_a_call_outside_is_made_until_it_is_taken(timing: Timing, called: Called) -> None:
    now = await timing.now()
    called.away, called.poison = {"b"}, {"c"}
    for key in "abc":
        await timing.set(Timer(CALLING, key, now))
    await timing.fire_due()
    await timing.fire_due()
    assert called.keys == ["a"]
    assert await timing.failed() == ["c"]
    called.away.clear()
    called.poison.clear()
    await timing.fire_due()
    assert called.keys == ["a", "b"]
    await timing.an_hour_passes()
    await timing.fire_due()
    await timing.fire_due()
    assert called.keys == ["a", "b", "c"]


async def test_a_timer_set_again_during_its_call_is_called_for_again(timing: Timing, called: Called) -> None:
    now = await timing.now()

    async def moved() -> None:
        await timing.set(Timer(CALLING, "a", now, {"version": 2}))

    called.meanwhile = moved
    await timing.set(Timer(CALLING, "a", now, {"version": 1}))
    await timing.fire_due()
    await timing.fire_due()
    assert called.keys == ["a", "a"]
