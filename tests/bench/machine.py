"""What a run was measured on."""

import platform
import shutil
import subprocess
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import asyncpg

SETTINGS = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size")


async def settings(postgres_dsn: str) -> list[str]:
    """Lines that name the servers' settings, the processor and the commit."""
    connection = await asyncpg.connect(postgres_dsn)
    try:
        values = [f"{name}={await connection.fetchval(f'SHOW {name}')}" for name in SETTINGS]
    finally:
        await connection.close()
    processors = list(_processors())
    changed = " with changes" if _git("status", "--porcelain") else ""
    return [
        f"PostgreSQL  {', '.join(values)}",
        "Kafka       one KRaft node of the sandbox, acks=all",
        f"machine     {len(processors)} x {next(iter(processors), platform.machine())}, load {_load()}",
        f"Python      {platform.python_version()}, uvloop {version('uvloop')}",
        f"commit      {_git('rev-parse', '--short', 'HEAD')}{changed}",
    ]


def _processors() -> Iterator[str]:
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text().splitlines():
            if line.startswith("model name"):
                yield line.partition(":")[2].strip()


def _load() -> str:
    path = Path("/proc/loadavg")
    return path.read_text().split()[0] if path.exists() else "unknown"


def _git(*words: str) -> str:
    git = shutil.which("git")
    if git is None:
        return "unknown"
    answer = subprocess.run([git, *words], capture_output=True, text=True, check=False, cwd=Path(__file__).parent)
    return answer.stdout.strip()
