"""A wire to PostgreSQL that can go dead under the connections that use it, which then look open and hear nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_CHUNK = 65_536


@dataclass(slots=True)
class Wire:
    """What goes through it now is lost once it is `cut`; whoever connects later gets a good one."""

    dsn: str = ""
    _pumps: list[asyncio.Task[None]] = field(default_factory=list)
    _ends: list[asyncio.StreamWriter] = field(default_factory=list)

    async def cut(self) -> None:
        """Carry nothing more for those who are connected; neither side is told."""
        for pump in self._pumps:
            pump.cancel()
        await asyncio.gather(*self._pumps, return_exceptions=True)
        self._pumps.clear()

    async def carry(self, host: str, port: int, near: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        """Connect one client with the server."""
        far = await asyncio.open_connection(host, port)
        self._ends += [near[1], far[1]]
        for reader, writer in ((near[0], far[1]), (far[0], near[1])):
            self._pumps.append(asyncio.create_task(_pump(reader, writer)))

    async def take_down(self) -> None:
        """Cut it and close all its ends."""
        await self.cut()
        for end in self._ends:
            end.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def wire_to(dsn: str) -> AsyncIterator[Wire]:
    """A wire to the server of `dsn`."""
    address = urlsplit(dsn)
    host, port = address.hostname or "127.0.0.1", address.port or 5432
    wire = Wire()
    server = await asyncio.start_server(lambda *near: wire.carry(host, port, near), "127.0.0.1", 0)
    ours = server.sockets[0].getsockname()[1]
    wire.dsn = address._replace(netloc=address.netloc.replace(f":{port}", f":{ours}")).geturl()
    try:
        yield wire
    finally:
        server.close()
        await wire.take_down()
