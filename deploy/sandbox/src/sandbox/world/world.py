"""What `sandbox.scenario.play(world)` is given."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

import httpx2

from sandbox.world.browser import signed_in
from sandbox.world.clock import ClockControl
from sandbox.world.mailbox import NotifyControl
from sandbox.world.story import Story, step
from sandbox.world.tokens import Tokens


@dataclass(frozen=True)
class Addresses:
    """Base URLs, without a slash at the end."""

    intake: str
    journey: str
    notifications: str
    witness_care: str
    issuer: str
    notify: str
    clock: str


class Processes(Protocol):
    """The processes behind the addresses, by name ("notifications", "intake-relay"): some steps kill one."""

    async def kill(self, name: str) -> None:
        """As `kill -9` does."""

    async def restart(self, name: str) -> None:
        """Starts a killed one again, and returns when it is ready."""

    async def run(self, name: str, *arguments: str) -> str:
        """Runs another command of a service ("intake", "import-police-month", path) to its end; gives its output."""


@dataclass(frozen=True)
class World:
    """A running system, however it runs."""

    addresses: Addresses
    http: httpx2.AsyncClient
    tokens: Tokens
    clock: ClockControl
    notify: NotifyControl
    processes: Processes
    story: Story

    async def as_system(self, client: str, *, audience: str, scope: str = "") -> dict[str, str]:
        """The Authorization header of a client ("sandbox-police") for a service ("throughline-intake")."""
        return _bearer(await self.tokens.for_system(client, audience=audience, scope=scope))

    async def as_person(self, persona: str, *, audience: str) -> dict[str, str]:
        """The Authorization header of a persona ("amira") for a service."""
        return _bearer(await self.tokens.for_person(persona, audience=audience))

    @asynccontextmanager
    async def browser(self, persona: str, *, at: str) -> AsyncIterator[httpx2.AsyncClient]:
        """A persona's signed-in browser at a service's address."""
        async with aclosing(await signed_in(persona, at=at)) as client:
            yield client

    def step(self, title: str) -> AbstractContextManager[None]:
        """`with world.step("Amira reports online"):`; raises StepFailed, naming it."""
        return step(self.story, title)


def world_at(
    addresses: Addresses,
    *,
    http: httpx2.AsyncClient,
    client_secrets: Mapping[str, str],
    processes: Processes,
    story: Story,
) -> World:
    """The world behind these addresses."""
    return World(
        addresses=addresses,
        http=http,
        tokens=Tokens(addresses.issuer, client_secrets, http),
        clock=ClockControl(addresses.clock, http),
        notify=NotifyControl(addresses.notify, http),
        processes=processes,
        story=story,
    )


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
