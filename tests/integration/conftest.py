"""What several files of tests begin with: intake's door, journey's projection, and its site with two victims."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from support.intake_door import Door, open_door
from support.journey_facts import AMIRA, BORIS, Journey, a_journey
from support.journey_site import Site, a_site


@pytest.fixture
async def door(database: Callable[[str], str]) -> AsyncIterator[Door]:
    async with open_door(database("intake")) as opened:
        yield opened


@pytest.fixture
async def noon(door: Door) -> None:
    """Intake's clock stands at a Sunday's noon."""
    await door.set_time(datetime(2026, 11, 22, 12, tzinfo=UTC))


@pytest.fixture
async def journey(database: Callable[[str], str]) -> AsyncIterator[Journey]:
    async with a_journey(database("journey")) as made:
        yield made


@pytest.fixture
async def site(journey: Journey) -> AsyncIterator[Site]:
    async with a_site(journey) as made:
        await made.grant(AMIRA, BORIS)
        yield made
