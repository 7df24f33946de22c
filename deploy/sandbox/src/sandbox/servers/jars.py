"""The broker's jars: fetched by name once, kept in the sandbox's folder, checked against the committed list."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sandbox.errors import JarsDiffer
from sandbox.places import KAFKA_JARS, exclusive, sandbox_home

# The clients are named too: the resolver would take an older version from log4j's list, and the broker dies of it.
WANTED = (
    "org.apache.kafka:kafka_2.13:4.3.0",
    "org.apache.kafka:kafka-clients:4.3.0",
    "org.apache.logging.log4j:log4j-slf4j-impl:2.25.3",
)
FETCH_SECONDS = 300


@dataclass(frozen=True)
class Jar:
    """One line of the committed list: `group:artifact:version sha256`."""

    coordinate: str
    sha256: str

    @property
    def file_name(self) -> str:
        _, artifact, version = self.coordinate.split(":")
        return f"{artifact}-{version}.jar"

    def is_in(self, folder: Path) -> bool:
        file = folder / self.file_name
        return file.exists() and hashlib.sha256(file.read_bytes()).hexdigest() == self.sha256


def committed_jars() -> tuple[Jar, ...]:
    return tuple(Jar(*line.split()) for line in KAFKA_JARS.read_text().splitlines())


def kafka_class_path(java: Path) -> str:
    """The class path of the broker, each file checked. Raises JarsDiffer."""
    folder = sandbox_home() / "jars"
    folder.mkdir(exist_ok=True)
    jars = committed_jars()
    with exclusive(folder / ".lock"):
        if not all(jar.is_in(folder) for jar in jars):
            _fetch(folder, java)
    wrong = [jar.coordinate for jar in jars if not jar.is_in(folder)]
    if wrong:
        raise JarsDiffer(f"these are missing or not what {KAFKA_JARS} names, so the broker is not started: {wrong}")
    return os.pathsep.join(str(folder / jar.file_name) for jar in jars)


def _fetch(folder: Path, java: Path) -> None:
    """Resolves in a process of its own with our Java on its PATH: without one the resolver looks for it outside."""
    path = os.pathsep.join([str(java.parent), os.environ.get("PATH", "")])
    command = [sys.executable, "-m", "sandbox.servers.jars", str(folder / "fetched")]
    answer = subprocess.run(
        command, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=FETCH_SECONDS, check=False
    )
    if answer.returncode:
        raise JarsDiffer(f"the broker's jars could not be fetched:\n{answer.stderr[-2000:]}")
    for file in answer.stdout.split("\n"):
        if file.endswith(".jar"):
            shutil.copy(file, folder)
    shutil.rmtree(folder / "fetched", ignore_errors=True)


def _resolve(cache: Path) -> Iterator[Path]:
    import jgo

    environment = jgo.build("+".join(WANTED), cache_dir=cache)
    yield from environment.class_path_jars
    yield from environment.module_path_jars


if __name__ == "__main__":
    for resolved in _resolve(Path(sys.argv[1])):
        print(resolved)
