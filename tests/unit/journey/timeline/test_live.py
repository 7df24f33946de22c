"""The live stream says that there is something new, and nothing else."""

import asyncio
from collections.abc import AsyncGenerator
from typing import cast

import pytest
from journey.timeline import live
from journey.timeline.doorbell_store import Changes
from journey.timeline.live import SessionOver, live_lines
from pydantic import SecretStr


async def test_a_ring_after_which_the_timeline_reads_differently_is_told_without_content() -> None:
    bells = Changes(SecretStr("postgresql://nowhere"))
    looks = iter(["before", "after"])
    looked = asyncio.Event()

    async def fingerprint() -> str | None:
        looked.set()
        return next(looks)

    async def gone() -> bool:
        return False

    lines = cast(AsyncGenerator[str, None], live_lines(bells, fingerprint, gone=gone))
    assert await anext(lines) == "retry: 3000\n\n"
    waiting = asyncio.ensure_future(anext(lines))
    await looked.wait()
    bells.ring()
    async with asyncio.timeout(10):
        assert await waiting == "event: changed\ndata: {}\n\n"
    await lines.aclose()


async def test_a_stream_that_has_ended_is_rung_no_more() -> None:
    bells = Changes(SecretStr("postgresql://nowhere"))

    async def fingerprint() -> str | None:
        return None

    async def gone() -> bool:
        return True

    lines = [line async for line in live_lines(bells, fingerprint, gone=gone)]
    assert lines == ["retry: 3000\n\n"]
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

    bells = Changes(SecretStr("postgresql://nowhere"))
    lines = [line async for line in live_lines(bells, fingerprint, gone=gone, still=still)]
    assert lines[1:] == [": still here\n\n", ": still here\n\n", "event: over\ndata: {}\n\n"]
    assert len(looks) == 1
