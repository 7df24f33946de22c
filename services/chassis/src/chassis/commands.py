"""A service's processes on the command line: `python -m <package> migrate|migrate-after|serve|relay|stuck|retry`."""

import argparse
import sys
from collections.abc import Callable, Coroutine

from contracts.topics import Topic

from chassis.endings import ends_plainly
from chassis.logging import configure_logging, log_the_end
from chassis.migrations import migrate
from chassis.relay.past_topic import past_topic
from chassis.relay.process import relay_log
from chassis.service import run_process
from chassis.settings import DatabaseSettings, RelaySettings
from chassis.stuck import Retry, list_stuck, retry_stuck
from chassis.telemetry import telemetry

_PURPOSES = {
    "migrate": "bring the database to the newest schema, beside a release before that still runs",
    "migrate-after": "the same with the steps that wait until nothing of the release before runs",
    "serve": "answer over HTTP and follow the topics",
    "relay": "publish the log to Kafka",
    "stuck": "list what waits for a person, and why: failed timers, parked keys, stopped partitions",
    "past-topic": "let a log restored from an older copy number on past its topic, with the service stopped",
}

Subcommands = argparse._SubParsersAction  # noqa: SLF001 argparse names its type only so
Serve = Callable[[], Coroutine[None, None, None]]


def service_parser(package: str, about: str) -> "tuple[argparse.ArgumentParser, Subcommands[argparse.ArgumentParser]]":
    """A parser that knows these commands; the second value takes further ones. The choice is in `command`."""
    parser = argparse.ArgumentParser(prog=f"python -m {package}", description=about)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, purpose in _PURPOSES.items():
        commands.add_parser(name, help=purpose)
    _add_retry(commands)
    return parser, commands


def _add_retry(commands: "Subcommands[argparse.ArgumentParser]") -> None:
    retry = commands.add_parser("retry", help="try what is stuck again now: everything, or what is named")
    some = retry.add_mutually_exclusive_group()
    some.add_argument("--kind", help="the failed timers of this kind")
    some.add_argument("--topic", help="the parked keys of this topic")
    retry.add_argument("--key", help="of the topic, this key")
    retry.set_defaults(refuse=retry.error)


def run_command(arguments: argparse.Namespace, *, package: str, topic: Topic, serve: Serve) -> None:
    """Run one of them until it ends; settings are read with the prefix of the package, as INTAKE_."""
    command: str = arguments.command
    with ends_plainly(f"{package} {command}", unforeseen=log_the_end):
        if command in ("stuck", "retry"):
            configure_logging(f"{package}-{command}", level="ERROR")
            settings = DatabaseSettings(_env_prefix=f"{package.upper()}_")
            run_process(_about_stuck(arguments, settings.database_url.get_secret_value()))
            return
        _run(command, package=package, topic=topic, serve=serve)


async def _about_stuck(arguments: argparse.Namespace, database_url: str) -> None:
    if arguments.command == "stuck":
        lines = [str(one) for one in await list_stuck(database_url)]
        sys.stdout.write("\n".join(lines or ["Nothing is stuck."]) + "\n")
        return
    if arguments.key and not arguments.topic:
        arguments.refuse("a key is one of a topic: name that too")
    what = Retry(kind=arguments.kind, topic=arguments.topic, key=arguments.key)
    timers, keys = await retry_stuck(database_url, what)
    sys.stdout.write(f"Due now: {timers} timers, {keys} parked keys.\n")


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
        run_process(_running(command, settings, topic, serve))


def _running(command: str, settings: RelaySettings, topic: Topic, serve: Serve) -> Coroutine[None, None, None]:
    match command:
        case "serve":
            return serve()
        case "past-topic":
            return past_topic(settings, topic=topic.name)
        case _:
            return relay_log(settings, topic=topic.name)


async def _migrate(settings: DatabaseSettings, package: str, *, with_after: bool) -> None:
    url, clock = settings.database_url.get_secret_value(), settings.sandbox_clock
    await migrate(url, package=f"{package}.migrations", sandbox_clock=clock, with_after=with_after)
