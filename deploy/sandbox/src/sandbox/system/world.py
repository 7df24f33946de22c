"""The world of a system that runs as processes of this machine."""

import httpx2

from sandbox.system.plan import CLOCK, ISSUER, NOTIFY, Plan
from sandbox.system.programs import Programs
from sandbox.system.running import RunningSystem
from sandbox.world import Addresses, Story, World, world_at


class LocalProcesses:
    """Kills and restarts our own children."""

    def __init__(self, programs: Programs) -> None:
        self._programs = programs

    async def kill(self, name: str) -> None:
        self._programs.kill(name)

    async def restart(self, name: str) -> None:
        await self._programs.restart(name)


def world_of(system: RunningSystem, *, http: httpx2.AsyncClient, story: Story) -> World:
    return world_at(
        addresses_of(system.plan),
        http=http,
        client_secrets=system.plan.keys.clients,
        processes=LocalProcesses(system.programs),
        story=story,
    )


def addresses_of(plan: Plan) -> Addresses:
    return Addresses(
        intake=plan.url("intake"),
        journey=plan.url("journey"),
        notifications=plan.url("notifications"),
        witness_care=plan.url("witness-care"),
        issuer=plan.url(ISSUER),
        notify=plan.url(NOTIFY),
        clock=plan.url(CLOCK),
    )
