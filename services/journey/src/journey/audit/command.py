"""`throughline audit list|replay|verify`: data to stdout, messages to stderr.

    throughline audit list 0193…01 --as-of 2026-12-01T09:00:00Z
    throughline audit replay 0193…01 --json
    throughline audit verify --stamps stamps.jsonl --receipts receipts.jsonl

Exit codes: 0 all is well, 1 a chain is broken or lacks what was there, 2 usage or a setting is missing or wrong, 3
nothing is recorded about this victim by then, 4 a log may not be read, 69 something needed is away, 130 interrupted.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
from chassis.clock import SystemClock
from chassis.endings import Ending
from chassis.outward import OutwardClient
from chassis.security.issuer import Issuer
from chassis.security.tokens import ClientCredentials
from pydantic import ValidationError
from rich.console import Console

from journey.audit import verdicts
from journey.audit.endings import ending_of
from journey.audit.entries import Entry
from journey.audit.evidence import Claim, NoEvidence, receipts_in, stamps_in
from journey.audit.logs import AuditedLog
from journey.audit.output import entries_as_json, print_entries, print_standing, standing_as_json
from journey.audit.reading import read_journey
from journey.audit.settings import LOGS, AuditSettings
from journey.audit.standing import standing_after
from journey.audit.verifying import verify_all

WIDE = 170
"""Columns where the output goes to a file or a program, whose width nobody knows."""

Result = TypeVar("Result")
Logs = dict[str, AuditedLog]

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Throughline's commands.")
audit = typer.Typer(no_args_is_help=True, help="Replay a victim's journey over all logs, and verify each chain.")
app.add_typer(audit, name="audit")

Victim = Annotated[str, typer.Argument(help="The victim's opaque id.")]
AsOf = Annotated[str | None, typer.Option(help="What had been recorded by this moment, as 2026-12-01T09:00:00Z.")]
Stamps = Annotated[list[Path] | None, typer.Option(help="What verify printed earlier; may be given again.")]
Receipts = Annotated[list[Path] | None, typer.Option(help="What intake answered to publishers; may be given again.")]
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
def verify(stamps: Stamps = None, receipts: Receipts = None, as_json: Json = False) -> None:  # noqa: FBT002 a flag of the command
    """Verify every service's chain, and that all is in it which stamps, receipts and consumers speak of.

    What it prints holds a stamp of each log: keep it elsewhere, and give it to --stamps later.
    """
    claims = [*_claims(stamps, stamps_in, "--stamps"), *_claims(receipts, receipts_in, "--receipts")]
    found = _run(lambda logs: verify_all(logs, claims))
    now = SystemClock().now()
    typer.echo(verdicts.as_json(found, at=now) if as_json else "\n".join(verdicts.as_text(found, at=now)))
    if found.errors:
        _fail("\n".join(dict.fromkeys(map(str, found.errors))), code=verdicts.ending(found))


def _claims(files: list[Path] | None, read: Callable[[str], list[Claim]], option: str) -> list[Claim]:
    try:
        found = [claim for file in files or [] for claim in read(file.read_text(encoding="utf-8"))]
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"the file can't be read ({type(error).__name__})", param_hint=option) from None
    except NoEvidence as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
    if any(claim.log not in LOGS for claim in found):
        raise typer.BadParameter("it names a log that is not audited", param_hint=option)
    return found


def _journey(victim: str, as_of: str | None) -> list[Entry]:
    moment = _moment(as_of)
    entries = _run(lambda logs: read_journey(logs, victim, as_of=moment))
    if not entries:
        _fail(
            "Nothing is recorded about a victim with this id by then. Check the id and --as-of.", code=Ending.NOT_FOUND
        )
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
    settings = _settings()
    try:
        return asyncio.run(_with_logs(settings, work))
    except KeyboardInterrupt:
        _fail("Interrupted: nothing is said about any log", code=Ending.INTERRUPTED)
    except Exception as error:  # noqa: BLE001 a command ends in one sentence, whatever is away
        _fail(*ending_of(error))


def _fail(message: str, code: Ending) -> NoReturn:
    _messages.print(message, style="bold", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(code)


async def _with_logs(settings: AuditSettings, work: Callable[[Logs], Awaitable[Result]]) -> Result:
    async with _opened_logs(settings) as logs:
        return await work(logs)


def _settings() -> AuditSettings:
    try:
        return AuditSettings()
    except ValidationError as error:
        names = sorted(f"THROUGHLINE_AUDIT_{str(one['loc'][0]).upper()}" for one in error.errors(include_input=False))
        _fail(f"Set these in the environment: {', '.join(names)}", code=Ending.USAGE)


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
