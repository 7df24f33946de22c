"""Processes killed under load: nothing that was acknowledged is lost, and nobody is told anything twice."""

import asyncio

import pytest
from support.deadline import until
from support.everything import Everything

pytestmark = [pytest.mark.servers, pytest.mark.asyncio(loop_scope="session")]

BATCHES = 60
UNDER_WAY = 100


@pytest.mark.parametrize("service", ["intake", "journey", "notifications", "witness-care"])
async def test_a_service_and_its_relay_killed_under_load_lose_and_repeat_nothing(
    everything: Everything, service: str
) -> None:
    agencies, processes = everything.agencies, everything.world.processes
    before = len(agencies.acknowledged)
    load = asyncio.create_task(agencies.report_crimes(BATCHES))

    async def under_way() -> bool:
        return len(agencies.acknowledged) > before + UNDER_WAY

    await until(under_way, "the load is under way")
    for name in (service, f"{service}-relay"):
        await everything.victims.have_news()
        await processes.kill(name)
        await processes.restart(name)
    await load
    await everything.lost_and_repeated_nothing()


async def test_the_courier_killed_between_two_messages_repeats_none(everything: Everything) -> None:
    """Guards the recovery by reference, on the whole system."""
    world = everything.world
    before = len(await world.notify.messages())
    await everything.victims.have_news()

    async def first_left() -> bool:
        return len(await world.notify.messages()) > before

    await until(first_left, "the first message has left")
    await world.processes.kill("notifications")
    await world.processes.restart("notifications")
    await everything.lost_and_repeated_nothing()
