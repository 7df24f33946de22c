"""A way to PostgreSQL on which the answer to a COMMIT is lost: it is carried out, and nobody hears of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

_CHUNK = 1 << 16


class ForgetfulWay:
    """Loses the answers to the next `lost` commits, and ends those connections; `closes_then`: takes no new ones."""

    def __init__(self, dsn: str) -> None:
        self._there = urlsplit(dsn)
        self.dsn = ""
        self.lost = 0
        self.closes_then = self._is_closed = False

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_closed:
            writer.close()
            return
        answers, requests = await asyncio.open_connection(self._there.hostname, self._there.port)
        forgetting = asyncio.Event()
        ways = [
            asyncio.create_task(self._asked(reader, requests, forgetting)),
            asyncio.create_task(_answered(answers, writer, forgetting)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            for end in (requests, writer):
                end.close()

    async def _asked(
        self, reader: asyncio.StreamReader, requests: asyncio.StreamWriter, forgetting: asyncio.Event
    ) -> None:
        while data := await reader.read(_CHUNK):
            if self.lost and b"COMMIT;\0" in data:
                self.lost -= 1
                self._is_closed = self.closes_then
                forgetting.set()
            requests.write(data)


async def _answered(answers: asyncio.StreamReader, writer: asyncio.StreamWriter, forgetting: asyncio.Event) -> None:
    while data := await answers.read(_CHUNK):
        if forgetting.is_set():
            return
        writer.write(data)


@asynccontextmanager
async def a_forgetful_way(dsn: str) -> AsyncIterator[ForgetfulWay]:
    """Open one to the database of `dsn`; its own `dsn` is where to connect."""
    way = ForgetfulWay(dsn)
    server = await asyncio.start_server(way.take, "127.0.0.1", 0)
    parts, port = urlsplit(dsn), server.sockets[0].getsockname()[1]
    user = parts.netloc.rpartition("@")[0]
    way.dsn = urlunsplit(parts._replace(netloc=f"{user}@127.0.0.1:{port}"))
    try:
        yield way
    finally:
        server.close()
