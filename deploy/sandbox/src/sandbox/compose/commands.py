"""`compose-env`, `compose-addresses` and `compose-check`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
from rich.console import Console

from sandbox.commands import run
from sandbox.compose.engine import Compose, engine_answers
from sandbox.compose.environments import COLLECTOR, container_environments, write_environments
from sandbox.compose.keys import kept_keys
from sandbox.compose.plan import ContainerPlan, free_ports
from sandbox.compose.settings import ComposeSettings
from sandbox.compose.world import READY_SECONDS, world_in
from sandbox.display import StoryOnScreen, show_addresses
from sandbox.places import exclusive, run_logs, sandbox_home, temporary_folder
from sandbox.scenario import play

UNAVAILABLE = 69
PROJECT_NAME = "throughline-check"


def write_settings(folder: Path | None = None) -> ContainerPlan:
    """Writes what `docker compose up` needs; the secrets stay the same, since the containers' data does."""
    folder = folder or _settings_folder()
    plan = _kept_plan(folder)
    endpoint = COLLECTOR if ComposeSettings().telemetry else None
    write_environments(folder, container_environments(plan, otlp_endpoint=endpoint))
    return plan


def tell_addresses(console: Console) -> None:
    """What to open once the containers are up."""
    show_addresses(console, _kept_plan(_settings_folder()))


def check(console: Console) -> int:
    """Plays the story against containers of its own, and takes them down. Gives 69 where no engine answers."""
    if not engine_answers():
        console.print(
            "compose-check needs a container engine with docker compose, and none answers here; `make demo-check` "
            "plays the same story without one.",
            soft_wrap=True,
            highlight=False,
        )
        return UNAVAILABLE
    return run(console, _check)


def _settings_folder() -> Path:
    return sandbox_home() / "compose"


def _kept_plan(folder: Path) -> ContainerPlan:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return ContainerPlan(keys=kept_keys(folder / "keys.json"))


async def _check(console: Console) -> None:
    plan = ContainerPlan(ports=free_ports())
    async with _up(console, plan) as compose, httpx2.AsyncClient(timeout=15) as http:
        story = StoryOnScreen(console)
        with story.progress:
            await play(world_in(compose, plan=plan, http=http, story=story))


@asynccontextmanager
async def _up(console: Console, plan: ContainerPlan) -> AsyncIterator[Compose]:
    """All containers, built and ready, beside those of `make up`; taken down whatever happens."""
    with exclusive(sandbox_home() / "compose-check.lock"), temporary_folder() as folder:
        write_environments(folder, container_environments(plan))
        log = run_logs(folder.name) / "compose.log"
        compose = Compose(PROJECT_NAME, {**plan.published, "THROUGHLINE_ENV": str(folder)}, log)
        try:
            await _down(compose)
            console.print("building images", highlight=False)
            await compose.run("build")
            console.print("starting containers", highlight=False)
            await compose.run("up", "--detach", "--wait", "--wait-timeout", READY_SECONDS)
            yield compose
        except BaseException:
            await compose.run("logs", "--no-color", "--timestamps")
            console.print(f"what the containers said: {log}", highlight=False, soft_wrap=True)
            raise
        finally:
            await _down(compose)
            console.print("containers are down", highlight=False)


async def _down(compose: Compose) -> None:
    await compose.run("down", "--volumes", "--remove-orphans", "--timeout", "5")
