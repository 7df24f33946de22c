"""What the tests of the officer's desk begin with."""

from collections.abc import AsyncIterator, Callable

import pytest
from support.desk_world import World, open_world


@pytest.fixture
async def world(database: Callable[[str], str]) -> AsyncIterator[World]:
    async with open_world(database("witness_care")) as opened:
        yield opened
