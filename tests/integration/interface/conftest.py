"""Each service, opened once for the tests of what its interface says of itself."""

from collections.abc import Iterator

import pytest
from support.databases import Databases
from support.interface import SERVICES, Bridge, served


@pytest.fixture(scope="module", params=SERVICES)
def service(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Bridge]:
    made: list[str] = []

    def database(name: str) -> str:
        made.append(databases.copy_of(name))
        return made[-1]

    with served(request.param, database) as opened:
        yield opened
    for dsn in made:
        databases.drop(dsn)
