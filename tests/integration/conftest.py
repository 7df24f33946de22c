"""What several files of tests of journey begin with: its projection, and its site with two victims who may sign in."""

from collections.abc import AsyncIterator, Callable

import pytest
from support.journey_facts import AMIRA, BORIS, Journey, a_journey
from support.journey_site import Site, a_site


@pytest.fixture
async def journey(database: Callable[[str], str]) -> AsyncIterator[Journey]:
    async with a_journey(database("journey")) as made:
        yield made


@pytest.fixture
async def site(journey: Journey) -> AsyncIterator[Site]:
    async with a_site(journey) as made:
        await made.grant(AMIRA, BORIS)
        yield made
