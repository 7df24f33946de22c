"""Where the sandbox keeps its files."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).parents[2]
REPOSITORY = PROJECT.parents[1]
KAFKA_JARS = PROJECT / "kafka-jars.txt"
PREFIX = "throughline-"
JUST_MADE_SECONDS = 60
RUNS_KEPT = 20


def sandbox_home() -> Path:
    """Where downloads and logs are kept between runs (ignored by git)."""
    home = REPOSITORY / ".sandbox"
    home.mkdir(exist_ok=True)
    return home


def run_logs(name: str) -> Path:
    """The folder for the logs of one run; those of the last few runs are kept."""
    logs = sandbox_home() / "logs"
    folder = logs / name
    folder.mkdir(parents=True, exist_ok=True)
    by_age = sorted(logs.iterdir(), key=lambda each: each.stat().st_mtime)
    for old in by_age[:-RUNS_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return folder


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A short folder for the data of one run, removed afterwards, with those that killed runs left behind.

    Nobody else can list it; as root others may pass through it, since PostgreSQL then runs as somebody else.
    """
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    with _held(folder):
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def exclusive(lock: Path) -> Iterator[None]:
    """Waits until no other process holds this lock file."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sweep() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not _in_use(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _in_use(folder: Path) -> bool:
    """Another run holds it, or has just made it and not yet taken hold."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return True
    if time.time() - os.fstat(descriptor).st_mtime < JUST_MADE_SECONDS:
        os.close(descriptor)
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
