"""A load generator that costs little: HTTP/1.1 over one kept-open connection, bodies made beforehand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

_ANSWER_BYTES = 1 << 22
BATCH_TYPE = "application/cloudevents-batch+json"


@dataclass
class Sender:
    """One connection to intake, opened again when intake has closed it for being idle."""

    host: str
    port: int
    head: bytes
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def post(self, body: bytes) -> tuple[int, bytes]:
        """Send a batch; its status and answer."""
        if self.reader.at_eof():
            self.writer.close()
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port, limit=_ANSWER_BYTES)
        self.writer.write(b"%bContent-Length: %d\r\n\r\n%b" % (self.head, len(body), body))
        answer = await self.reader.readuntil(b"\r\n\r\n")
        status, *lines = answer.decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
        return int(status.split()[1]), await self.reader.readexactly(int(headers["content-length"]))


@asynccontextmanager
async def open_sender(intake_url: str, token: str) -> AsyncIterator[Sender]:
    """A connection that is closed afterwards."""
    at = urlsplit(intake_url)
    host, port = at.hostname or "", at.port or 80
    reader, writer = await asyncio.open_connection(host, port, limit=_ANSWER_BYTES)
    head = (
        f"POST /events HTTP/1.1\r\nHost: {at.netloc}\r\nAuthorization: Bearer {token}\r\nContent-Type: {BATCH_TYPE}\r\n"
    )
    sender = Sender(host, port, head.encode(), reader, writer)
    try:
        yield sender
    finally:
        sender.writer.close()
