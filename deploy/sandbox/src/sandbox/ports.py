"""Free ports on loopback."""

import asyncio
import secrets
import socket

# Below the range that the kernel gives to outgoing connections, so that none of those takes a port that we chose.
LOWEST, HIGHEST = 20_000, 32_000


def free_port() -> int:
    """A port on 127.0.0.1 that nothing listens on now."""
    while True:
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


async def accepts_connections(address: str) -> bool:
    """Something listens at `host:port`."""
    host, port = address.rsplit(":", 1)
    try:
        _, writer = await asyncio.open_connection(host, int(port))
    except OSError:
        return False
    writer.close()
    return True
