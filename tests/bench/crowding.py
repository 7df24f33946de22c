"""2,000 readers at once against a pool of 10: how soon those are served who are, and whether the leader leads on."""

import asyncio
import statistics
import time
from dataclasses import dataclass, field

import httpx2
from bench.clean_database import clean_database
from bench.floors import Row
from bench.measuring import WrongAnswer, demand
from bench.stage import Bench
from chassis.database import Pool, open_pool
from chassis.errors import Fenced
from chassis.http.app import create_app
from chassis.leases import Lease
from fastapi import APIRouter, FastAPI
from support.databases import CHASSIS

READERS = 2_000
CONNECTIONS = 10
READ = "SELECT pg_sleep(0.01), position FROM log_head"
LEASE_SECONDS = 1.0
WORST_OF_USUAL = 10


@dataclass(slots=True)
class Crowd:
    """What the readers met: milliseconds until an answer, and how often they were told to come again."""

    served: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)

    @property
    def usual(self) -> float:
        return statistics.median(self.served)

    @property
    def worst(self) -> float:
        return statistics.quantiles(self.served, n=100)[98]

    def __str__(self) -> str:
        refusals = f"{len(self.told):,} told in p50 {statistics.median(self.told):.0f} ms" if self.told else "none told"
        return (
            f"{len(self.served):,} served, p50 {self.usual:.0f} and p99 {self.worst:.0f} ms; {refusals} to come again"
        )


async def rows(bench: Bench) -> list[Row]:
    """Row 8 of the table."""
    async with (
        clean_database(bench.databases, CHASSIS) as dsn,
        open_pool(dsn, size=CONNECTIONS) as pool,
    ):
        crowd, lost = await _under_a_lease(pool, seconds=bench.scale.paced_seconds)
    return [
        Row(
            f"{READERS:,} readers, {CONNECTIONS} connections: p99 over p50 of what is served",
            crowd.worst / crowd.usual,
            WORST_OF_USUAL,
            str(crowd),
            at_most=True,
        ),
        Row("the same crowd: leases lost by the leader", lost, 0, f"a term is {LEASE_SECONDS:g} s", at_most=True),
    ]


async def _under_a_lease(pool: Pool, *, seconds: float) -> tuple[Crowd, int]:
    lease = Lease(pool, "led", seconds=LEASE_SECONDS)
    epoch = await lease.acquire()
    keeping = asyncio.create_task(lease.keep(epoch))
    crowd = await _crowd(pool, seconds=seconds)
    lost = 0
    try:
        await lease.renew(epoch)
    except Fenced:
        lost = 1
    demand("the keeper of the lease ended", found=keeping.done(), expected=bool(lost))
    keeping.cancel()
    await asyncio.wait([keeping])
    return crowd, lost


async def _crowd(pool: Pool, *, seconds: float) -> Crowd:
    crowd, until = Crowd(), time.perf_counter() + seconds
    transport = httpx2.ASGITransport(app=_app(pool))
    async with httpx2.AsyncClient(transport=transport, base_url="https://crowded.example.org", timeout=60) as http:
        await asyncio.gather(*(_read(http, crowd, until) for _ in range(READERS)))
    return crowd


async def _read(http: httpx2.AsyncClient, crowd: Crowd, until: float) -> None:
    """Read again and again; come again when one is told to."""
    while (started := time.perf_counter()) < until:
        answer = await http.get("/read")
        took = 1e3 * (time.perf_counter() - started)
        if answer.status_code == 200:
            crowd.served.append(took)
            continue
        if answer.status_code != 503:
            raise WrongAnswer(f"a reader was answered {answer.status_code}")
        crowd.told.append(took)
        await asyncio.sleep(min(float(answer.headers["retry-after"]), max(0.0, until - time.perf_counter())))


def _app(pool: Pool) -> FastAPI:
    router = APIRouter()

    @router.get("/read")
    async def read() -> dict[str, int]:
        async with pool.acquire() as connection:
            row = await connection.fetchrow(READ)
        return {"position": row["position"]}

    return create_app("crowded", routers=[router], readiness={})
