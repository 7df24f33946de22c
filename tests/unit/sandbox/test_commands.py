"""How the sandbox's commands end."""

import asyncio
import io
import os
import signal
from collections.abc import Iterator

import pytest
from rich.console import Console
from sandbox.commands import INTERRUPTED, run


@pytest.fixture
def sigint_turned_off() -> Iterator[None]:
    """As a shell leaves it for what it starts with `&`."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("sigint_turned_off")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_command_in_order_also_behind_a_shell(number: signal.Signals) -> None:
    ended = []

    async def until_told(_: Console) -> None:
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), number)
        try:
            await asyncio.wait_for(asyncio.Event().wait(), 10)
        finally:
            ended.append("in order")

    said = io.StringIO()
    assert run(Console(file=said), until_told) == INTERRUPTED
    assert ended == ["in order"]
    assert "no process is left" in said.getvalue()
