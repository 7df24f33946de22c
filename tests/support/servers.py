"""One PostgreSQL and one Kafka for a test run: containers where an engine answers, else the sandbox's own."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial

from sandbox.places import run_logs, temporary_folder
from sandbox.servers.kafka import KafkaServer, kafka_answers
from sandbox.servers.postgres import PostgresServer, postgres_answers
from support.containers import engine_answers, kafka_container, postgres_container
from support.settings import RunSettings, ServerKind

READY_SECONDS = 120.0
POLL_SECONDS = 0.05


@cache
def kind_of_servers() -> ServerKind:
    """What THROUGHLINE_TEST_SERVERS says, else what this machine has."""
    forced = RunSettings().test_servers
    if forced is not None:
        return forced
    return ServerKind.CONTAINERS if engine_answers() else ServerKind.SANDBOX


@contextmanager
def running_postgres() -> Iterator[str]:
    """Gives the superuser's DSN of a server that answers."""
    if kind_of_servers() is ServerKind.CONTAINERS:
        with postgres_container() as dsn:
            asyncio.run(_until(partial(postgres_answers, dsn), what="PostgreSQL's container"))
            yield dsn
        return
    with temporary_folder() as folder:
        server = PostgresServer(folder, log=run_logs(folder.name) / "postgres.log")
        with started(server):
            yield server.dsn()


@contextmanager
def running_kafka() -> Iterator[str]:
    """Gives the bootstrap address of a broker that answers."""
    if kind_of_servers() is ServerKind.CONTAINERS:
        with kafka_container() as bootstrap:
            asyncio.run(_until(partial(kafka_answers, bootstrap), what="Kafka's container"))
            yield bootstrap
        return
    with temporary_folder() as folder:
        server = KafkaServer(folder, log=run_logs(folder.name) / "kafka.log")
        with started(server):
            yield server.bootstrap


@contextmanager
def started(server: PostgresServer | KafkaServer) -> Iterator[None]:
    """The server answers for as long as the block, whatever loops run in it."""
    try:
        asyncio.run(server.create())
        yield
    finally:
        asyncio.run(server.stop())


async def _until(answers: Callable[[], Awaitable[bool]], *, what: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not await answers():
        assert time.monotonic() < deadline, f"{what} did not answer within {READY_SECONDS:.0f} s"
        await asyncio.sleep(POLL_SECONDS)
