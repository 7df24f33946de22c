"""A process serves until it is told to stop, or until one of its tasks ends."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

import httpx2
import pytest
from chassis.endings import PortTaken
from chassis.errors import Fenced
from chassis.http.app import HEALTH_PATHS, create_app
from chassis.service import TaskEnded, run_relay, run_service
from fastapi import APIRouter, Request
from support.deadline import until


@dataclass
class Here:
    host: str
    port: int
    trusted_proxies: Sequence[IPv4Network | IPv6Network] = ()
    health_host: str = "127.0.0.1"
    health_port: int | None = None


@pytest.fixture
def here() -> Here:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Here("127.0.0.1", probe.getsockname()[1])


async def _forever() -> None:
    await asyncio.Event().wait()


def _app(answering: asyncio.Event, go_on: asyncio.Event) -> APIRouter:
    router = APIRouter()

    @router.get("/slow")
    async def slow() -> str:
        answering.set()
        await go_on.wait()
        return "answered"

    return router


async def test_sigterm_answers_what_is_in_hand_and_cancels_the_tasks(here: Here) -> None:
    answering, go_on, cancelled = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def task() -> None:
        try:
            await _forever()
        finally:
            cancelled.set()

    app = create_app("test", routers=[_app(answering, go_on)], readiness={}, https=False)
    running = asyncio.create_task(run_service(app, settings=here, tasks=[task]))
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{here.port}") as client:
        await _until_up(client)
        slow = asyncio.create_task(client.get("/slow"))
        await answering.wait()
        os.kill(os.getpid(), signal.SIGTERM)
        go_on.set()
        assert (await slow).json() == "answered"
    await asyncio.wait_for(running, 10)
    assert cancelled.is_set()


@pytest.mark.parametrize("error", [Fenced("another holds the lease"), None])
async def test_a_task_that_ends_ends_the_process(here: Here, error: Exception | None) -> None:
    fence = asyncio.Event()

    async def task() -> None:
        await fence.wait()
        if error is not None:
            raise error

    app = create_app("test", routers=[], readiness={}, https=False)
    running = asyncio.create_task(run_service(app, settings=here, tasks=[_forever, task]))
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{here.port}") as client:
        await _until_up(client)
        fence.set()
        with pytest.raises(type(error) if error else TaskEnded):
            await asyncio.wait_for(running, 10)
        with pytest.raises(httpx2.TransportError):
            await client.get("/healthz")


async def test_health_and_numbers_answer_on_a_port_of_their_own_and_not_on_the_public_one(here: Here) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        here.health_port = probe.getsockname()[1]
    app = create_app("test", routers=[], readiness={}, https=False)
    running = asyncio.create_task(run_service(app, settings=here))
    async with httpx2.AsyncClient() as client:
        health, public = f"http://127.0.0.1:{here.health_port}", f"http://127.0.0.1:{here.port}"
        await _until_up(httpx2.AsyncClient(base_url=health))
        for path in HEALTH_PATHS:
            assert (await client.get(health + path)).status_code == 200
            assert (await client.get(public + path)).status_code == 404
        assert (await client.get(health + "/openapi.json")).status_code == 404
        assert (await client.get(public + "/openapi.json")).status_code == 200
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(running, 10)


async def test_a_port_that_is_taken_is_said_by_its_number(here: Here) -> None:
    with socket.create_server((here.host, here.port)):
        app = create_app("test", routers=[], readiness={}, https=False)
        with pytest.raises(PortTaken, match=f"Port {here.port} of 127.0.0.1 can't be listened on"):
            await run_service(app, settings=here)


NOBODY = "postgresql://a:b@127.0.0.1:9/c"


@pytest.mark.parametrize(
    ("program", "settings", "code", "sentence"),
    [
        ("intake migrate", {}, 2, "intake migrate: Set INTAKE_DATABASE_URL."),
        ("journey relay", {}, 2, "journey relay: Set JOURNEY_KAFKA_BOOTSTRAP. Set JOURNEY_DATABASE_URL."),
        ("intake migrate", {"INTAKE_DATABASE_URL": NOBODY}, 69, "does not answer"),
        ("chassis.vault migrate", {}, 2, "vault migrate: Set VAULT_OWNER_URL. Set VAULT_ROLES."),
        (
            "chassis.vault migrate",
            {"VAULT_OWNER_URL": "postgresql://a:b@127.0.0.1:9/c", "VAULT_ROLES": "{}"},
            69,
            "does not",
        ),
        ("sandbox.clock", {}, 2, "sandbox clock: Set CLOCK_PORT. Set CLOCK_DATABASES."),
    ],
)
def test_a_program_that_cannot_start_says_why_in_one_line_and_by_its_code(
    program: str, settings: dict[str, str], code: int, sentence: str
) -> None:
    ended = subprocess.run(  # noqa: S603 our own programs
        [sys.executable, "-m", *program.split()], env=settings, capture_output=True, text=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stderr.count("\n")) == (code, 1), ended.stderr
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


WROTE_ITSELF, CLIENT, INNER_PROXY = "198.51.100.7", "203.0.113.9", "10.1.2.3"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        ([], [CLIENT], "127.0.0.1"),
        (["192.0.2.1"], [CLIENT], "127.0.0.1"),
        (["127.0.0.1"], [], "127.0.0.1"),
        (["127.0.0.1"], [CLIENT], CLIENT),
        (["127.0.0.1"], [f"{CLIENT}:4711"], CLIENT),
        (["127.0.0.1"], ["2001:db8::9"], "2001:db8::9"),
        (["127.0.0.1"], [f"{WROTE_ITSELF}, {CLIENT}"], CLIENT),
        (["127.0.0.1"], [f"127.0.0.1, {CLIENT}"], CLIENT),
        (["127.0.0.1"], [f"not an address, {CLIENT}"], CLIENT),
        (["127.0.0.1"], [WROTE_ITSELF, CLIENT], CLIENT),
        (["127.0.0.1"], [f"{WROTE_ITSELF}, {CLIENT}, {INNER_PROXY}"], INNER_PROXY),
        (["127.0.0.1", "10.0.0.0/8"], [f"{WROTE_ITSELF}, {CLIENT}, {INNER_PROXY}"], CLIENT),
    ],
)
async def test_a_client_is_the_last_address_before_the_trusted_proxies_and_chooses_none(
    here: Here, monkeypatch: pytest.MonkeyPatch, proxies: list[str], forwarded: list[str], seen: str
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    here.trusted_proxies = [ip_network(proxy) for proxy in proxies]
    app = create_app("test", routers=[_client_app()], readiness={}, https=False)
    running = asyncio.create_task(run_service(app, settings=here))
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{here.port}") as client:
        await _until_up(client)
        answer = await client.get("/client", headers=[("X-Forwarded-For", line) for line in forwarded])
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(running, 10)
    assert answer.json() == seen


def _client_app() -> APIRouter:
    router = APIRouter()

    @router.get("/client")
    async def client(request: Request) -> str:
        return request.client.host if request.client else ""

    return router


async def test_a_relay_runs_until_told_and_ends_with_its_task() -> None:
    started = asyncio.Event()

    async def task() -> None:
        started.set()
        await _forever()

    running = asyncio.create_task(run_relay(task))
    await started.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(running, 10)

    async def fenced() -> None:
        raise Fenced("another holds the lease")

    with pytest.raises(Fenced):
        await run_relay(fenced)


async def _until_up(client: httpx2.AsyncClient) -> None:
    async def up() -> bool:
        try:
            return (await client.get("/healthz")).status_code == 200
        except httpx2.TransportError:
            return False

    await until(up, "the service answers")
