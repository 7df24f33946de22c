"""What a client for calls to other services makes of a connection that has no socket any more."""

import socket

import httpx2
import pytest
from chassis.outward import OutwardClient


async def test_a_connection_without_a_socket_is_a_connect_error() -> None:
    def no_socket(_: httpx2.Request) -> httpx2.Response:
        raw_socket: socket.socket | None = None
        raw_socket.getpeername()  # type: ignore[union-attr]
        raise AssertionError

    async with OutwardClient(transport=httpx2.MockTransport(no_socket)) as http:
        with pytest.raises(httpx2.ConnectError):
            await http.get("http://owner.example.org/log")


async def test_a_fault_of_ours_stays_one() -> None:
    def faulty(request: httpx2.Request) -> httpx2.Response:
        return request.misspelt  # type: ignore[attr-defined, no-any-return]

    async with OutwardClient(transport=httpx2.MockTransport(faulty)) as http:
        with pytest.raises(AttributeError, match="misspelt"):
            await http.get("http://owner.example.org/log")
