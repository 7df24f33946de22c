"""A service's processes on the command line: `python -m <package> migrate|migrate-after|serve|relay`."""

import argparse
from collections.abc import Callable, Coroutine

from contracts.topics import Topic

from chassis.endings import ends_plainly
from chassis.logging import configure_logging, log_the_end
from chassis.migrations import migrate
from chassis.relay.process import relay_log
from chassis.service import run_process
from chassis.settings import DatabaseSettings, RelaySettings
from chassis.telemetry import telemetry

_PURPOSES = {
    "migrate": "bring the database to the newest schema, beside a release before that still runs",
    "migrate-after": "the same with the steps that wait until nothing of the release before runs",
    "serve": "answer over HTTP and follow the topics",
    "relay": "publish the log to Kafka",
}

Subcommands = argparse._SubParsersAction  # noqa: SLF001 argparse names its type only so
Serve = Callable[[], Coroutine[None, None, None]]


def service_parser(package: str, about: str) -> "tuple[argparse.ArgumentParser, Subcommands[argparse.ArgumentParser]]":
    """A parser that knows these commands; the second value takes further ones. The choice is in `command`."""
    parser = argparse.ArgumentParser(prog=f"python -m {package}", description=about)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, purpose in _PURPOSES.items():
        commands.add_parser(name, help=purpose)
    return parser, commands


def run_command(command: str, *, package: str, topic: Topic, serve: Serve) -> None:
    """Run one of them until it ends; settings are read with the prefix of the package, as INTAKE_."""
    with ends_plainly(f"{package} {command}", unforeseen=log_the_end):
        _run(command, package=package, topic=topic, serve=serve)


def _run(command: str, *, package: str, topic: Topic, serve: Serve) -> None:
    prefix = f"{package.upper()}_"
    if command in ("migrate", "migrate-after"):
        configure_logging(f"{package}-{command}")
        settings = DatabaseSettings(_env_prefix=prefix)
        run_process(_migrate(settings, package, with_after=command == "migrate-after"))
        return
    settings = RelaySettings(_env_prefix=prefix)
    configure_logging(f"{package}-{command}", level=settings.log_level)
    with telemetry(f"{package}-{command}", endpoint=settings.otlp_endpoint):
        run_process(serve() if command == "serve" else relay_log(settings, topic=topic.name))


async def _migrate(settings: DatabaseSettings, package: str, *, with_after: bool) -> None:
    url, clock = settings.database_url.get_secret_value(), settings.sandbox_clock
    await migrate(url, package=f"{package}.migrations", sandbox_clock=clock, with_after=with_after)
