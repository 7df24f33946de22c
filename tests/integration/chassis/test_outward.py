"""Calls to a peer that dies while we connect fail as any call to a peer that is away."""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Iterator

import httpx2
import pytest
import uvloop
from chassis.outward import OutwardClient

CALLS, CALLERS = 150, 8


@pytest.fixture
def resetting() -> Iterator[str]:
    """The address of a server that resets each connection as soon as it has accepted it."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as server:
        thread = threading.Thread(target=_reset_all, args=(server,))
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_a_peer_that_resets_every_connection_is_away(resetting: str) -> None:
    """On uvloop, as services run. About one call in fifty meets the moment that only uvloop and anyio know."""
    failures = uvloop.run(_calls(resetting))
    assert len(failures) == CALLS * CALLERS
    assert {type(failure) for failure in failures} <= {httpx2.ConnectError, httpx2.ReadError, httpx2.WriteError}


async def _calls(address: str) -> list[BaseException]:
    async with OutwardClient() as http:

        async def caller() -> list[BaseException]:
            return [await _failure(http, address) for _ in range(CALLS)]

        return [failure for some in await asyncio.gather(*(caller() for _ in range(CALLERS))) for failure in some]


async def _failure(http: httpx2.AsyncClient, address: str) -> BaseException:
    answered = await asyncio.gather(http.get(address), return_exceptions=True)
    assert isinstance(answered[0], BaseException)
    return answered[0]


def _reset_all(server: socket.socket) -> None:
    at_once = struct.pack("ii", 1, 0)
    with contextlib.suppress(OSError):
        while True:
            accepted, _ = server.accept()
            accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
            accepted.close()
