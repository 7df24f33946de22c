"""One running system for all acceptance tests: every process, real servers, fresh data."""

from collections.abc import AsyncIterator, Generator

import httpx2
import pytest
import pytest_asyncio
from sandbox.system.running import running_system
from sandbox.system.world import world_of
from sandbox.world import QuietStory
from support.everything import Everything
from support.load import Agencies
from support.promised import promised_victims

VICTIMS = 8


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def everything() -> AsyncIterator[Everything]:
    """Started once; tests add to it and leave it whole."""
    async with running_system(lambda _: None) as system, httpx2.AsyncClient(timeout=15) as http:
        world = world_of(system, http=http, story=QuietStory())
        agencies = Agencies(world)
        yield Everything(system, world, agencies, await promised_victims(agencies, VICTIMS))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed because a process had ended says so, with the end of its log."""
    report = yield
    everything = item.funcargs.get("everything") if isinstance(item, pytest.Function) else None
    if report.failed and isinstance(everything, Everything):
        failures = everything.system.programs.ended()
        report.sections += [("a process had ended", str(failure)) for failure in failures]
    return report
