"""A process serves until it is told to stop, or until one of its tasks ends."""

import asyncio
import os
import signal
import socket
from dataclasses import dataclass

import httpx2
import pytest
from chassis.errors import Fenced
from chassis.http.app import create_app
from chassis.service import TaskEnded, run_relay, run_service
from fastapi import APIRouter
from support.deadline import until


@dataclass
class Here:
    host: str
    port: int


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
