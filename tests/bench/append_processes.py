"""Ours as it scales: the same work by two processes that share the log, as two instances of a service do."""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import asyncpg
from bench.append_group_commit import chained
from bench.clean_database import clean_database
from bench.measuring import demand
from bench.sealing import VaultAccess
from chassis.database import open_pool
from sandbox.processes import Child, Program
from support.databases import CHASSIS, Databases

PROCESSES = 2
DEADLINE_SECONDS = 120.0
READY, GO, DONE = "bench_ready", "bench_go", "bench_done"


@dataclass(frozen=True)
class ProcessesAppend:
    """Each process makes its share of the events first, waits for the bell, and rings when it is done."""

    databases: Databases
    vault: VaultAccess
    events: int
    logs: Path
    name: str = "our log: the same, two processes"

    async def measure(self) -> float:
        async with clean_database(self.databases, CHASSIS) as dsn:
            connection = await asyncpg.connect(dsn)
            with self._appenders(dsn):
                try:
                    seconds = await self._timed(connection)
                finally:
                    await connection.close()
            async with open_pool(dsn, size=1) as pool:
                demand("events whose chain holds", found=await chained(pool), expected=self.events)
        return self.events / seconds

    async def _timed(self, connection: asyncpg.Connection) -> float:
        await _everybody(connection, READY)
        started = time.perf_counter()
        await connection.execute(f"NOTIFY {GO}")
        await _everybody(connection, DONE)
        return time.perf_counter() - started

    @contextmanager
    def _appenders(self, dsn: str) -> Iterator[None]:
        children = [Child(self._program(number, dsn)) for number in range(PROCESSES)]
        try:
            yield
        finally:
            for child in children:
                child.kill()

    def _program(self, number: int, dsn: str) -> Program:
        name = f"append-{number}"
        settings = {
            "APPENDER_DSN": dsn,
            "APPENDER_VAULT": self.vault.dsn,
            "APPENDER_KEK": self.vault.kek,
            "APPENDER_DIGEST_KEY": self.vault.digest_key,
        }
        command = [sys.executable, "-m", "bench.appender", name, str(self.events // PROCESSES)]
        return Program(name=name, command=command, log=self.logs / f"{name}.log", environment=settings)


async def _everybody(connection: asyncpg.Connection, channel: str) -> None:
    """Wait until each process has rung. Raises TimeoutError."""
    rings, everybody = count(1), asyncio.Event()
    await connection.add_listener(channel, lambda *_: everybody.set() if next(rings) == PROCESSES else None)
    async with asyncio.timeout(DEADLINE_SECONDS):
        await everybody.wait()
