"""A load generator that costs little: HTTP/1.1 over one kept-open connection, bodies made beforehand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

BATCH_TYPE = "application/cloudevents-batch+json"
_END = b"\r\n\r\n"
_LENGTH = b"content-length: "


class _Answers(asyncio.Protocol):
    """Gathers what comes until it is one whole answer."""

    def __init__(self) -> None:
        self.whole: asyncio.Future[tuple[int, bytes]] | None = None
        self.lost = False
        self._come = bytearray()
        self._needed: int | None = None

    def connection_lost(self, error: Exception | None) -> None:
        self.lost = True
        if self.whole is not None and not self.whole.done():
            self.whole.set_exception(error or ConnectionResetError("intake closed the connection"))

    def data_received(self, data: bytes) -> None:
        self._come += data
        if self._needed is None:
            self._needed = _length_of(self._come)
        if self._needed is None or len(self._come) < self._needed or self.whole is None:
            return
        answer, self._come, self._needed = bytes(self._come), bytearray(), None
        self.whole.set_result((int(answer[9:12]), answer.partition(_END)[2]))


@dataclass
class Sender:
    """One connection to intake, opened again when intake has closed it for being idle."""

    host: str
    port: int
    head: bytes
    transport: asyncio.Transport
    answers: _Answers

    async def post(self, body: bytes) -> tuple[int, bytes]:
        """Send a batch; its status and answer."""
        if self.answers.lost:
            self.transport, self.answers = await _connected(self.host, self.port)
        self.answers.whole = asyncio.get_running_loop().create_future()
        self.transport.write(b"%bContent-Length: %d\r\n\r\n%b" % (self.head, len(body), body))
        return await self.answers.whole


@asynccontextmanager
async def open_sender(intake_url: str, token: str) -> AsyncIterator[Sender]:
    """A connection that is closed afterwards."""
    at = urlsplit(intake_url)
    host, port = at.hostname or "", at.port or 80
    head = (
        f"POST /events HTTP/1.1\r\nHost: {at.netloc}\r\nAuthorization: Bearer {token}\r\nContent-Type: {BATCH_TYPE}\r\n"
    )
    sender = Sender(host, port, head.encode(), *await _connected(host, port))
    try:
        yield sender
    finally:
        sender.transport.close()


async def _connected(host: str, port: int) -> tuple[asyncio.Transport, _Answers]:
    return await asyncio.get_running_loop().create_connection(_Answers, host, port)


def _length_of(come: bytearray) -> int | None:
    """How long the whole answer is, once its head has come."""
    end = come.find(_END)
    if end < 0:
        return None
    head = bytes(come[:end]).lower()
    at = head.index(_LENGTH) + len(_LENGTH)
    return end + len(_END) + int(head[at:].split(b"\r\n", 1)[0])
