"""The bare pipeline: the same three processes without HTTP, validation, chain or encryption. We are its first one."""

import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count as counting
from pathlib import Path

import msgspec
from bench.bare_tables import TOPIC, make_bare_tables
from bench.http_batches import BATCH as POSTED
from bench.kafka_topics import new_topic
from bench.pipeline import BATCH
from bench.seen import ReadModel
from bench.victims import batches_of, raw_events
from chassis.database import Pool, open_pool
from sandbox.processes import Child, Program
from support.databases import EMPTY, Databases

_INSERT = "INSERT INTO bare_log (id, body) SELECT * FROM unnest($1::text[], $2::bytea[]) RETURNING position"


class _Id(msgspec.Struct):
    id: str


_raws = msgspec.json.Decoder(list[msgspec.Raw])
_id = msgspec.json.Decoder(_Id)


@dataclass(frozen=True)
class BarePipeline:
    """One insert per batch, of the same batches that ours is posted; raw send_batch, one raw insert."""

    pool: Pool
    read_model: ReadModel
    name: str = "bare pipeline of three processes"
    runs: Iterator[int] = field(default_factory=counting)

    def batches(self, count: int) -> list[bytes]:
        return list(batches_of(raw_events(count, run=f"bare{next(self.runs)}"), BATCH))

    async def accept(self, batch: bytes) -> list[int]:
        bodies = [bytes(raw) for raw in _raws.decode(batch)]
        return await self._insert([_id.decode(body).id for body in bodies], bodies)

    async def pump(self, count: int) -> float:
        bodies = raw_events(count, run=f"pumped{next(self.runs)}")
        ids = [_id.decode(body).id for body in bodies]
        started = time.perf_counter()
        for at in range(0, count, POSTED):
            await self._insert(ids[at : at + POSTED], bodies[at : at + POSTED])
        return started

    async def _insert(self, ids: list[str], bodies: list[bytes]) -> list[int]:
        async with self.pool.acquire() as connection, connection.transaction():
            rows = await connection.fetch(_INSERT, ids, bodies)
            await connection.execute("NOTIFY bare_appended")
        return [row["position"] for row in rows]


@asynccontextmanager
async def open_bare_pipeline(databases: Databases, bootstrap: str, *, logs: Path) -> AsyncIterator[BarePipeline]:
    """Its relay and projector started."""
    dsn = databases.copy_of(EMPTY)
    await make_bare_tables(dsn)
    async with new_topic(bootstrap, TOPIC), open_pool(dsn, size=1) as pool:
        # One writer: over two, its serial numbers would commit out of order and its relay would lose rows.
        children = [Child(_program(name, dsn, bootstrap, logs)) for name in ("bare_relay", "bare_projector")]
        try:
            model = ReadModel(
                dsn,
                "bare_visible",
                "SELECT position FROM bare_timeline WHERE position > $1 ORDER BY position",
                "SELECT max(position) FROM bare_timeline",
                "SELECT count(*) FROM bare_timeline",
            )
            yield BarePipeline(pool, model)
        finally:
            for child in children:
                child.kill()
    databases.drop(dsn)


def _program(name: str, dsn: str, bootstrap: str, logs: Path) -> Program:
    command = [sys.executable, "-m", f"bench.{name}", dsn, bootstrap]
    return Program(name=name, command=command, log=logs / f"{name}.log")
