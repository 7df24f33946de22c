"""docker compose, as a command."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sandbox.errors import ProgramFailed
from sandbox.places import REPOSITORY

LOOK_SECONDS = 30


@dataclass(frozen=True)
class Compose:
    """One project: its name, the variables that docker-compose.yml takes, and where what it says is kept."""

    project: str
    variables: Mapping[str, str]
    log: Path

    async def run(self, *words: str) -> str:
        """Runs `docker compose ...` to its end and gives its output. Raises ProgramFailed, naming it."""
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *("docker", "compose", "--project-name", self.project, *words),
                cwd=REPOSITORY,
                env={**os.environ, **_builder(), **self.variables},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
            said = await _ended(process)
            log.write(said)
        if process.returncode:
            raise ProgramFailed(f"docker compose {words[0]}", exit_code=process.returncode, log=self.log)
        return said.decode()


def engine_answers() -> bool:
    """There is a container engine with compose, and it runs."""
    return shutil.which("docker") is not None and _works("compose", "version") and _works("version")


async def _ended(process: asyncio.subprocess.Process) -> bytes:
    try:
        said, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    return said


def _builder() -> Mapping[str, str]:
    """An engine without buildx builds with what it has."""
    return {} if _works("buildx", "version") else {"DOCKER_BUILDKIT": "0"}


def _works(*words: str) -> bool:
    docker = shutil.which("docker") or "docker"
    try:
        return subprocess.run([docker, *words], capture_output=True, timeout=LOOK_SECONDS, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False
