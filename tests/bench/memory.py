"""The most memory that each process of ours has held after a police month was imported through the whole system."""

import asyncio
import csv
import sys
import time
from pathlib import Path

import asyncpg
from bench.floors import Row
from bench.measuring import WrongAnswer, demand
from bench.stage import Bench
from sandbox.processes import Child, Program
from sandbox.system.databases import Databases
from sandbox.system.environments import Environments
from sandbox.system.running import RunningSystem, running_system
from sandbox.system.services import SERVICES
from support.cases import CaseSettings

MONTH = "police/2017-07-west-yorkshire-street.csv"
MOST_MEGABYTES = 300
DEADLINE_SECONDS = 300.0
LOOK_SECONDS = 0.1


async def rows(bench: Bench) -> list[Row]:
    """Row 6 of the table; none where the real data is absent."""
    month = CaseSettings().cases / MONTH
    if not month.exists():
        print(f"    skipped: no police month at {month} (THROUGHLINE_CASES names the folder of real data)")
        return []
    with month.open(newline="", encoding="utf-8") as file:
        incidents = sum(1 for _ in csv.DictReader(file))
    async with running_system(lambda what: print(f"    starting {what}", flush=True)) as system:
        importer = await _import(system, month)
        await _until_projected(system, incidents)
        peaks = {"import-police-month": importer} | _peaks(system)
    return [
        Row(f"peak memory after {incidents:,} incidents, MB: {name}", peak, MOST_MEGABYTES, "", at_most=True)
        for name, peak in sorted(peaks.items())
    ]


async def _import(system: RunningSystem, month: Path) -> float:
    intake = next(service for service in SERVICES if service.name == "intake")
    environments = Environments(system.plan, Databases(system.postgres, system.plan.keys.roles), system.kafka.bootstrap)
    command = [sys.executable, "-m", "intake", "import-police-month", str(month)]
    program = Program(
        name="import", command=command, log=system.logs / "import.log", environment=environments.serving(intake)
    )
    child, peak = Child(program), 0.0
    try:
        while child.exit_code is None:
            peak = max(peak, _peak_megabytes(child.pid))
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        child.kill()
    demand("the importer's exit code", found=child.exit_code, expected=0)
    return peak


async def _until_projected(system: RunningSystem, incidents: int) -> None:
    connection = await asyncpg.connect(system.postgres.dsn("journey"))
    deadline = time.monotonic() + DEADLINE_SECONDS
    try:
        while await connection.fetchval("SELECT count(*) FROM fact") < incidents:
            if time.monotonic() > deadline:
                raise WrongAnswer("journey did not take the month in")
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        await connection.close()


def _peaks(system: RunningSystem) -> dict[str, float]:
    ours = {name for service in SERVICES for name in (service.name, f"{service.name}-relay")}
    return {name: _peak_megabytes(child.pid) for name, child in system.programs.running.items() if name in ours}


def _peak_megabytes(pid: int) -> float:
    """High-water mark of resident memory (Linux); 0 for a process that has just ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
