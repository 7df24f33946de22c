"""Servers and databases for the tests that need them; started when the first such test asks."""

from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from sandbox.places import run_logs, temporary_folder
from sandbox.servers.kafka import KafkaServer
from sandbox.servers.postgres import PostgresServer
from support.databases import EMPTY, Databases
from support.servers import kind_of_servers, running_kafka, running_postgres

DatabaseFactory = Callable[[str], str]


NEED_SERVERS = {"postgres_admin", "kafka_bootstrap", "breakable_postgres", "breakable_kafka"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for a server, so that `make check` can leave it out."""
    for item in items:
        if isinstance(item, pytest.Function) and NEED_SERVERS & set(item.fixturenames):
            item.add_marker(pytest.mark.servers)


def pytest_report_header() -> str:
    return f"servers: PostgreSQL and Kafka by {kind_of_servers()} (THROUGHLINE_TEST_SERVERS=sandbox|containers forces)"


@pytest.fixture(scope="session")
def postgres_admin() -> Iterator[str]:
    """The superuser's DSN of the run's PostgreSQL."""
    with running_postgres() as dsn:
        yield dsn


@pytest.fixture(scope="session")
def kafka_bootstrap() -> Iterator[str]:
    """The address of the run's Kafka; topics are made by tests, under names of their own."""
    with running_kafka() as bootstrap:
        yield bootstrap


@pytest.fixture(scope="session")
def databases(postgres_admin: str) -> Databases:
    return Databases(postgres_admin)


@pytest.fixture
def database(databases: Databases) -> Iterator[DatabaseFactory]:
    """`database("intake")` gives the DSN of a new, migrated database; "chassis" has the chassis' tables only."""
    made: list[str] = []

    def make(name: str) -> str:
        made.append(databases.copy_of(name))
        return made[-1]

    yield make
    for dsn in made:
        databases.drop(dsn)


@pytest.fixture
def empty_database(database: DatabaseFactory) -> str:
    """The DSN of a new database with nothing in it."""
    return database(EMPTY)


@pytest.fixture
async def breakable_postgres() -> AsyncIterator[PostgresServer]:
    """A server of this test's own, to kill, pause and start again; always the sandbox's."""
    with temporary_folder() as folder:
        async with PostgresServer(folder, log=run_logs(folder.name) / "postgres.log") as server:
            yield server


@pytest.fixture
async def breakable_kafka() -> AsyncIterator[KafkaServer]:
    """A broker of this test's own, to kill, pause and start again; always the sandbox's."""
    with temporary_folder() as folder:
        async with KafkaServer(folder, log=run_logs(folder.name) / "kafka.log") as server:
            yield server
