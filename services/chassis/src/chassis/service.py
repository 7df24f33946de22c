"""How a process lives: it serves and works until it is told to stop, or until one of its tasks ends, which ends it.

SIGTERM or SIGINT drains: no new connections, requests in hand are answered, tasks are cancelled, exit 0. A task that
ends by itself, above all one that finds itself fenced, ends the process with a code of `chassis.endings`; whoever runs
it starts it again.
"""

import asyncio
import gc
import signal
import socket
from collections.abc import Awaitable, Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from typing import Protocol

import uvicorn
import uvloop
from fastapi import FastAPI
from starlette.types import ASGIApp

from chassis.endings import PortTaken
from chassis.errors import PermanentFailure
from chassis.freed_memory import keep_freed_memory
from chassis.http.app import health_of
from chassis.logging import get_logger
from chassis.task_group import TaskGroup

BackgroundTask = Callable[[], Awaitable[None]]

_DRAIN_SECONDS = 10
# A batch of events makes thousands of objects that die by themselves; Python's own 700 walks them again and again.
_COLLECT_SELDOM = (20_000, 20, 50)
_log = get_logger(__name__)


class ListenSettings(Protocol):
    """Where a service listens, loopback unless told otherwise, and whose X-Forwarded-For it believes."""

    @property
    def host(self) -> str: ...

    @property
    def port(self) -> int: ...

    @property
    def health_host(self) -> str: ...

    @property
    def health_port(self) -> int | None: ...

    @property
    def trusted_proxies(self) -> Sequence[IPv4Network | IPv6Network]: ...


class TaskEnded(PermanentFailure):
    """A background task returned although it should run as long as the process."""


def run_process(main: Awaitable[None]) -> None:
    """Run a process's main coroutine on uvloop; an exception out of it is for `ends_plainly`."""

    async def run() -> None:
        await main

    gc.set_threshold(*_COLLECT_SELDOM)
    keep_freed_memory()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())


@dataclass(frozen=True, slots=True)
class _Health:
    """Health on a port of its own; nobody's proxy stands before it."""

    host: str
    port: int
    health_host: str = ""
    health_port: int | None = None
    trusted_proxies: Sequence[IPv4Network | IPv6Network] = ()


async def run_service(app: FastAPI, *, settings: ListenSettings, tasks: Sequence[BackgroundTask] = ()) -> None:
    """Serve `app` and run `tasks` until told to stop. Raises PortTaken, what a task raised, or TaskEnded."""
    served: list[tuple[ASGIApp, ListenSettings]] = [(app, settings)]
    if settings.health_port is not None:
        served.append((health_of(app), _Health(settings.health_host, settings.health_port)))
    with ExitStack() as stack:
        sockets = [stack.enter_context(_listening(where.host, where.port)) for _, where in served]
        servers = [_Server(_server_config(one, where)) for one, where in served]

        async def serve() -> None:
            async with TaskGroup() as group:
                for server, listening in zip(servers, sockets, strict=True):
                    group.create_task(server.serve(sockets=[listening]))

        def drain() -> None:
            for server in servers:
                server.should_exit = True

        await _run_until_told(serve, tasks, drain=drain)


async def run_watched(app: FastAPI, *tasks: BackgroundTask, host: str, port: int) -> None:
    """Run tasks, and `app` for nothing but their health, until told to stop. Raises as `run_service`."""
    await run_service(app, settings=_Health(host, port), tasks=tasks)


async def run_relay(*tasks: BackgroundTask) -> None:
    """Run tasks without a server until told to stop. Raises what a task raised, or TaskEnded."""
    stop = asyncio.Event()

    async def wait() -> None:
        await stop.wait()

    await _run_until_told(wait, tasks, drain=stop.set)


async def _run_until_told(main: BackgroundTask, tasks: Sequence[BackgroundTask], *, drain: Callable[[], None]) -> None:
    async with TaskGroup() as group:
        with _signals(drain):
            background = [asyncio.ensure_future(task()) for task in tasks]
            serving = group.create_task(_as_coroutine(main))
            try:
                await asyncio.wait([serving, *background], return_when=asyncio.FIRST_COMPLETED)
                ended = [task for task in background if task.done()]
                drain()
                await serving
            finally:
                await _cancel(background)
    for task in ended:
        _raise_its_end(task)


def _raise_its_end(task: asyncio.Future[None]) -> None:
    failure = None if task.cancelled() else task.exception()
    _log.error("A background task ended; the process ends with it", error=type(failure).__name__)
    raise failure or TaskEnded("a background task returned; start the process again and look at its log")


async def _as_coroutine(main: BackgroundTask) -> None:
    await main()


async def _cancel(tasks: Sequence[asyncio.Future[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def _signals(drain: Callable[[], None]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, drain)
    try:
        yield
    finally:
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(name)


def _listening(host: str, port: int) -> socket.socket:
    """Bound here, since uvicorn ends the process by itself where it cannot."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
    except OSError as error:
        listening.close()
        raise PortTaken(f"Port {port} of {host} can't be listened on: give another port, or end who has it.") from error
    return listening


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers, which would raise the signal again before anything is closed."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def _server_config(app: ASGIApp, settings: ListenSettings) -> uvicorn.Config:
    """No access log: it would write addresses, among them the sign-in's one-time code.

    A request's client is the right-most address of X-Forwarded-For that is no trusted proxy's: all left of that one
    is what the client itself may have written. Unless told, uvicorn believes loopback and FORWARDED_ALLOW_IPS.
    """
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="none",
        http="httptools",
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=[str(proxy) for proxy in settings.trusted_proxies],
        timeout_graceful_shutdown=_DRAIN_SECONDS,
        backlog=1024,
    )
