"""Calls outside: a few at a time and within a bound, and what had no answer is put off."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from chassis.database import Pool, open_pool
from chassis.errors import TransientFailure
from chassis.timers import DueTimer, Timer, set_timers
from chassis.timers.calling import AT_ONCE, call_each
from support.timing import CALLING, PostgresTiming

AT = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass(slots=True)
class Peer:
    """Answers each call once `answers` is set, but for the key "silent"; counts how many wait at once."""

    answers: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: int = 0
    most: int = 0
    calls: int = 0

    async def call(self, timer: DueTimer) -> None:
        self.calls += 1
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        if self.waiting == AT_ONCE:
            self.answers.set()
        try:
            await (asyncio.Event() if timer.key == "silent" else self.answers).wait()
        finally:
            self.waiting -= 1


def timers(*keys: str) -> list[DueTimer]:
    return [DueTimer(CALLING, key, AT, {}) for key in keys]


async def test_a_few_are_called_at_once_and_no_more() -> None:
    peer = Peer()
    answers = await call_each(peer, timers(*map(str, range(40))), seconds=5)
    assert [error for _, error in answers] == [None] * 40
    assert peer.most == AT_ONCE


async def test_what_has_no_answer_in_time_is_put_off_and_the_others_are_done() -> None:
    peer = Peer()
    peer.answers.set()
    answers = await call_each(peer, timers("a", "silent", "b"), seconds=0.05)
    assert [(timer.key, type(error)) for timer, error in answers] == [
        ("a", type(None)),
        ("silent", TimeoutError),
        ("b", type(None)),
    ]
    assert peer.waiting == 0


@pytest.fixture
async def pool(database: Callable[[str], str]) -> AsyncIterator[Pool]:
    async with open_pool(database("chassis")) as opened:
        yield opened


@pytest.mark.servers
async def test_where_who_is_called_is_away_what_was_put_off_is_left_after_one_piece(pool: Pool) -> None:
    class Away:
        calls = 0

        async def call(self, timer: DueTimer) -> None:
            self.calls += 1
            raise TransientFailure("notifications does not answer")

    handler = Away()
    timing = PostgresTiming(pool, {CALLING: handler})
    now = await timing.now()
    async with pool.acquire() as connection:
        await set_timers(connection, [Timer(CALLING, f"{n:03}", now) for n in range(200)])
    await timing.fire_due()
    assert handler.calls == 200
    await timing.fire_due()
    assert handler.calls == 264
