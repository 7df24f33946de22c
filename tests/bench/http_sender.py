"""A load generator that costs little: HTTP/1.1 over one kept-open connection, bodies made beforehand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

BATCH_TYPE = "application/cloudevents-batch+json"


@dataclass(frozen=True)
class Sender:
    """One connection to intake."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    head: bytes

    async def post(self, body: bytes) -> tuple[int, bytes]:
        """Send a batch; its status and answer."""
        self.writer.write(b"%bContent-Length: %d\r\n\r\n%b" % (self.head, len(body), body))
        answer = await self.reader.readuntil(b"\r\n\r\n")
        status, *lines = answer.decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
        return int(status.split()[1]), await self.reader.readexactly(int(headers["content-length"]))


@asynccontextmanager
async def open_sender(intake_url: str, token: str) -> AsyncIterator[Sender]:
    """A connection that is closed afterwards."""
    at = urlsplit(intake_url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port, limit=1 << 22)
    head = (
        f"POST /events HTTP/1.1\r\nHost: {at.netloc}\r\nAuthorization: Bearer {token}\r\nContent-Type: {BATCH_TYPE}\r\n"
    )
    try:
        yield Sender(reader, writer, head.encode())
    finally:
        writer.close()
