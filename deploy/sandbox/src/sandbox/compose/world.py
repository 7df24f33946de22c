"""The world of a system that runs in containers."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx2

from sandbox.compose.engine import Compose
from sandbox.compose.plan import ContainerPlan
from sandbox.system.services import SERVICES
from sandbox.system.world import addresses_of
from sandbox.world import Story, World, world_at

READY_SECONDS = "300"


class ContainerProcesses:
    """Kills and starts containers; files that a command names are shown to it, read-only."""

    def __init__(self, compose: Compose) -> None:
        self._compose = compose

    async def kill(self, name: str) -> None:
        await self._compose.run("kill", "--signal", "KILL", name)

    async def restart(self, name: str) -> None:
        # Without --no-deps the migrations would run again.
        await self._compose.run("up", "--detach", "--no-deps", "--wait", "--wait-timeout", READY_SECONDS, name)

    async def run(self, name: str, *arguments: str) -> str:
        package = next(service.package for service in SERVICES if service.name == name)
        files = _shown(arguments)
        mounts = [word for outside, inside in files.items() for word in ("--volume", f"{outside}:{inside}:ro")]
        words = [files.get(word, word) for word in arguments]
        return await self._compose.run("run", "--rm", "--no-deps", "--no-TTY", *mounts, name, package, *words)


def world_in(compose: Compose, *, plan: ContainerPlan, http: httpx2.AsyncClient, story: Story) -> World:
    return world_at(
        addresses_of(plan),
        http=http,
        client_secrets=plan.keys.clients,
        processes=ContainerProcesses(compose),
        story=story,
    )


def _shown(arguments: Sequence[str]) -> Mapping[str, str]:
    """Where the container sees the files that are named."""
    return {word: f"/mnt/{Path(word).name}" for word in arguments if Path(word).is_file()}
