"""The world of a system that runs as processes of this machine."""

import asyncio
import os

import httpx2

from sandbox.errors import ProgramFailed
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

    async def run(self, name: str, *arguments: str) -> str:
        program = self._programs.running[name].program
        log = program.log.with_name(f"{name}-{arguments[0]}.log")
        python, option, package, *_ = program.command
        with log.open("ab") as complaints:
            process = await asyncio.create_subprocess_exec(
                *(python, option, package, *arguments),
                env={**os.environ, **program.environment},
                stdout=asyncio.subprocess.PIPE,
                stderr=complaints,
            )
            said, _ = await process.communicate()
        if process.returncode:
            raise ProgramFailed(f"{name} {arguments[0]}", exit_code=process.returncode, log=log)
        return said.decode()


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
