"""The live stream says that there is something new, or that it is another day, and nothing else."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import date
from typing import cast

import pytest
from journey.timeline import live
from journey.timeline.doorbell_store import Changes
from journey.timeline.live import SessionOver, live_lines

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
BEGINNING = 'event: day\ndata: {"day": "2026-11-23"}\nretry: 3000\n\n'


async def on_monday() -> date:
    return MONDAY


async def nothing_new() -> str | None:
    return "the same"


async def test_a_ring_after_which_the_timeline_reads_differently_is_told_without_content() -> None:
    bells = Changes()
    looks = iter(["before", "after"])
    looked = asyncio.Event()

    async def fingerprint() -> str | None:
        looked.set()
        return next(looks)

    async def gone() -> bool:
        return False

    lines = cast(AsyncGenerator[str, None], live_lines(bells, fingerprint, gone=gone, today=on_monday))
    assert await anext(lines) == BEGINNING
    waiting = asyncio.ensure_future(anext(lines))
    await looked.wait()
    bells.ring()
    async with asyncio.timeout(10):
        assert await waiting == "event: changed\ndata: {}\n\n"
    await lines.aclose()


async def test_a_stream_that_has_ended_is_rung_no_more() -> None:
    bells = Changes()

    async def fingerprint() -> str | None:
        return None

    async def gone() -> bool:
        return True

    lines = [line async for line in live_lines(bells, fingerprint, gone=gone, today=on_monday)]
    assert lines == [BEGINNING]
    assert not bells._bells


async def test_a_beat_asks_for_the_session_and_does_not_read_the_timeline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(live, "LOOK_AGAIN_SECONDS", 0)
    looks: list[None] = []
    beats = iter([True, True, False])

    async def fingerprint() -> str | None:
        looks.append(None)
        return "the same"

    async def still() -> None:
        if not next(beats):
            raise SessionOver

    async def gone() -> bool:
        return False

    bells = Changes()
    lines = [line async for line in live_lines(bells, fingerprint, gone=gone, today=on_monday, still=still)]
    assert lines[1:] == [": still here\n\n", ": still here\n\n", "event: over\ndata: {}\n\n"]
    assert len(looks) == 1


@pytest.mark.parametrize("woken_by", ["a beat", "a ring"])
async def test_a_page_open_over_midnight_is_told_once_that_it_is_another_day(
    monkeypatch: pytest.MonkeyPatch, woken_by: str
) -> None:
    monkeypatch.setattr(live, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(live, "LOOK_AGAIN_SECONDS", 0)
    bells = Changes()
    days = iter([MONDAY, MONDAY, TUESDAY, TUESDAY])
    looks = iter([False, False, False, True])

    async def today() -> date:
        if woken_by == "a ring":
            bells.ring()
        return next(days)

    async def gone() -> bool:
        return next(looks)

    lines = [line async for line in live_lines(bells, nothing_new, gone=gone, today=today)]
    another = 'event: day\ndata: {"day": "2026-11-24"}\n\n'
    assert lines == [BEGINNING, ": still here\n\n", another, ": still here\n\n", ": still here\n\n"]
