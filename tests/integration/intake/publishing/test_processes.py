"""Intake's own processes, started as an operator starts them."""

import asyncio
import base64
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncpg
import httpx2
import pytest
from intake.open_data.police_rows import COLUMNS
from sandbox.ports import free_port
from support.deadline import until
from support.intake_door import REGISTRY

pytestmark = pytest.mark.servers

FORCE = "West Yorkshire Police"
ROW = f",2026-07,{FORCE},{FORCE},-1.86,53.93,On or near Old Lane,E01010646,Bradford 001A,Anti-social behaviour,,"
KEYS = f"2027:{base64.b64encode(b'n' * 32).decode()},{base64.b64encode(bytes(32)).decode()}"
Environment = dict[str, str]


@pytest.fixture
def environment(database: Callable[[str], str], tmp_path: Path) -> Environment:
    (tmp_path / "publishers.toml").write_text(REGISTRY)
    settings = {
        "DATABASE_URL": database("intake"),
        "VAULT_URL": database("empty"),
        "VAULT_KEK": KEYS,
        "DIGEST_KEY": KEYS,
        "KAFKA_BOOTSTRAP": "127.0.0.1:9",
        "ISSUER": "http://127.0.0.1:9",
        "AUDIENCE": "throughline-intake",
        "CLIENT_ID": "intake",
        "CLIENT_SECRET": "invented",
        "PRODUCTION": "false",
        "SANDBOX_CLOCK": "true",
        "PUBLISHERS_FILE": str(tmp_path / "publishers.toml"),
        "PORT": str(free_port()),
    }
    return {f"INTAKE_{name}": value for name, value in settings.items()}


async def run(environment: Environment, *arguments: str) -> tuple[int | None, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "intake",
        *arguments,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


async def test_migrate_and_import_are_safe_to_repeat(environment: Environment, tmp_path: Path) -> None:
    assert (await run(environment, "migrate"))[0] == 0
    path = tmp_path / "street.csv"
    path.write_text("\n".join([",".join(COLUMNS), ROW, ROW]) + "\n")
    assert "2 recorded" in (await run(environment, "import-police-month", str(path)))[1]
    status, out, err = await run(environment, "import-police-month", str(path))
    assert (status, "2 known already" in out, "2 of 2 rows" in err) == (0, True, True)
    path.write_text(path.read_text() + "broken\n")
    status, _, err = await run(environment, "import-police-month", str(path))
    assert status == 1
    assert "row 4" in err


@pytest.fixture
async def serving(environment: Environment) -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "intake", "serve", env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield f"http://127.0.0.1:{environment['INTAKE_PORT']}"
    finally:
        process.terminate()
        assert await process.wait() == 0


async def test_serve_answers_says_that_its_issuer_is_away_refuses_strangers_and_drains(
    serving: str, environment: Environment
) -> None:
    async with httpx2.AsyncClient(base_url=serving, timeout=5) as http:

        async def up() -> bool:
            try:
                return (await http.get("/healthz")).status_code == 200
            except httpx2.TransportError:
                return False

        await until(up, "intake answers", seconds=60)
        ready = await http.get("/readyz")
        assert (ready.status_code, ready.json()["checks"]["database"]) == (503, "answers")
        assert ready.json()["checks"]["keys"].startswith("the issuer does not answer")
        assert (await http.post("/events", json={})).status_code == 401
    connection = await asyncpg.connect(environment["INTAKE_DATABASE_URL"])
    assert await connection.fetchval("SELECT count(*) FROM log") == 0
    await connection.close()
