"""`throughline audit list|replay|verify`: data to stdout, messages to stderr.

    throughline audit list 0193…01 --as-of 2026-12-01T09:00:00Z
    throughline audit replay 0193…01 --json
    throughline audit verify

Exit codes: 0 all is well, 1 a chain is broken, 2 usage or a setting is missing, 3 nothing is recorded about this victim
by then, 4 a log may not be read, 69 a service is away.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, NoReturn, TypeVar

import typer
from chassis.clock import SystemClock
from chassis.outward import OutwardClient
from chassis.security.issuer import Issuer
from chassis.security.tokens import ClientCredentials, TokenNotGranted
from pydantic import ValidationError
from rich.console import Console

from journey.audit.entries import Entry
from journey.audit.logs import AuditedLog, LogAway, LogBroken, LogRefused, ends
from journey.audit.output import entries_as_json, print_entries, print_standing, standing_as_json
from journey.audit.reading import read_journey
from journey.audit.settings import AuditSettings
from journey.audit.standing import standing_after

WIDE = 170
"""Columns where the output goes to a file or a program, whose width nobody knows."""

Result = TypeVar("Result")
Logs = dict[str, AuditedLog]

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Throughline's commands.")
audit = typer.Typer(no_args_is_help=True, help="Replay a victim's journey over all logs, and verify each chain.")
app.add_typer(audit, name="audit")

Victim = Annotated[str, typer.Argument(help="The victim's opaque id.")]
AsOf = Annotated[str | None, typer.Option(help="What had been recorded by this moment, as 2026-12-01T09:00:00Z.")]
Json = Annotated[bool, typer.Option("--json", help="Stable JSON instead of tables.")]
_console = Console(width=None if sys.stdout.isatty() else WIDE)
_messages = Console(stderr=True)


@audit.command("list")
def list_journey(victim: Victim, as_of: AsOf = None, as_json: Json = False) -> None:  # noqa: FBT002 a flag of the command
    """List everything recorded about a victim, oldest first."""
    entries = _journey(victim, as_of)
    if not as_json:
        return print_entries(_console, entries)
    for line in entries_as_json(entries):
        typer.echo(line)
    return None


@audit.command()
def replay(victim: Victim, as_of: AsOf = None, as_json: Json = False) -> None:  # noqa: FBT002 a flag of the command
    """Show how a victim's journey stood: who answered, what was promised, told and owed."""
    standing = standing_after(_journey(victim, as_of))
    if as_json:
        return typer.echo(standing_as_json(standing))
    return print_standing(_console, standing)


@audit.command()
def verify(as_json: Json = False) -> None:  # noqa: FBT002 a flag of the command
    """Verify every service's chain from its first record to its head; a broken one does not hide the others."""
    found = _run(ends)
    broken = [end for end in found.values() if isinstance(end, LogBroken)]
    if as_json:
        typer.echo(json.dumps({name: None if isinstance(end, LogBroken) else end for name, end in found.items()}))
    else:
        for service, end in found.items():
            typer.echo(f"{service}: BROKEN" if isinstance(end, LogBroken) else f"{service}: {end} records, chain whole")
    if broken:
        _fail("\n".join(f"The chain is broken: {error}" for error in broken), code=1)


def _journey(victim: str, as_of: str | None) -> list[Entry]:
    moment = _moment(as_of)
    entries = _run(lambda logs: read_journey(logs, victim, as_of=moment))
    if not entries:
        _fail("Nothing is recorded about a victim with this id by then. Check the id and --as-of.", code=3)
    return entries


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("give a moment as 2026-12-01T09:00:00Z", param_hint="--as-of") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _run(work: Callable[[Logs], Awaitable[Result]]) -> Result:
    try:
        return asyncio.run(_with_logs(work))
    except LogBroken as error:
        _fail(f"The chain is broken: {error}", code=1)
    except (LogRefused, TokenNotGranted) as error:
        _fail(str(error), code=4)
    except LogAway as error:
        _fail(str(error), code=69)


def _fail(message: str, *, code: int) -> NoReturn:
    _messages.print(message, style="bold", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(code)


async def _with_logs(work: Callable[[Logs], Awaitable[Result]]) -> Result:
    async with _opened_logs(_settings()) as logs:
        return await work(logs)


def _settings() -> AuditSettings:
    try:
        return AuditSettings()
    except ValidationError as error:
        names = sorted(f"THROUGHLINE_AUDIT_{str(one['loc'][0]).upper()}" for one in error.errors(include_input=False))
        _fail(f"Set these in the environment: {', '.join(names)}", code=2)


@asynccontextmanager
async def _opened_logs(settings: AuditSettings) -> AsyncIterator[Logs]:
    clock = SystemClock()
    async with OutwardClient(timeout=30.0) as http:
        issuer = Issuer(settings.issuer, http=http, clock=clock)
        yield {
            name: AuditedLog(
                name,
                address.rstrip("/"),
                ClientCredentials(
                    issuer,
                    client_id=settings.client_id,
                    secret=settings.client_secret,
                    audience=f"throughline-{name}",
                    scope="log:read",
                    http=http,
                    clock=clock,
                ),
                http,
            )
            for name, address in settings.addresses().items()
        }
