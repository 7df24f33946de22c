"""A browser at a service with a sign-in."""

from collections.abc import AsyncIterator

import pytest
from support.signin_site import Site


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    async with site.browser:
        yield site
