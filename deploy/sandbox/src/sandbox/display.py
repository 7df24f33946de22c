"""What a person at the terminal sees."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from sandbox.system.plan import NOTIFY, Plan

COMMAND = Path(sys.executable).with_name("throughline")
TRY_IT = r"""TOKEN=$(curl -s -u sandbox-police:$SECRET $ISSUER/token \
  -d grant_type=client_credentials -d audience=throughline-intake -d scope=events:publish \
  | python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')

curl $INTAKE/events -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/cloudevents+json' -d '{
  "specversion": "1.0", "id": "readme-1", "source": "https://police.example.org",
  "type": "police.crime-reported.v1", "time": "2026-11-02T18:30:00Z",
  "data": {
    "references": [{"scheme": "crime-reference", "issuer": "north-force", "value": "NF/2001/26"}],
    "offence": "Burglary of a flat", "channel": "phone"
  }
}'

curl $INTAKE/events -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/cloudevents+json' -d '{
  "specversion": "1.0", "id": "readme-2", "source": "https://police.example.org",
  "type": "police.victim-identified.v1", "time": "2026-11-02T18:40:00Z",
  "data": {
    "references": [{"scheme": "crime-reference", "issuer": "north-force", "value": "NF/2001/26"}],
    "victim": {"issuer": "north-force", "number": "V-2001"}, "name": "Robin Vale"
  }
}'
"""
"""As the README prints it; what begins with $ is filled in."""


def try_it(filled: Mapping[str, str]) -> str:
    """The lines to copy, with the addresses and the secret of this run."""
    lines = TRY_IT
    for name, value in filled.items():
        lines = lines.replace(name, value)
    return lines


def show_addresses(console: Console, plan: Plan) -> None:
    """What to open, and a curl to try."""
    url = plan.url
    table = Table(title="Throughline is up", title_justify="left")
    table.add_column("open")
    table.add_column("address")
    table.add_column("and sign in as")
    table.add_row("the victim's timeline", url("journey"), "Amira Hassan or Ben Okoro")
    table.add_row("the officer's desk", url("witness-care"), "Sgt Dana Marsh or Ellis Barrow")
    table.add_row("the mailbox", url(NOTIFY), "(no sign-in)")
    console.print(table)
    filled = {"$SECRET": plan.keys.clients["sandbox-police"], "$ISSUER": url("issuer"), "$INTAKE": url("intake")}
    console.print("Publish an event yourself, and say whose crime it is; then look at the desk:")
    console.print(try_it(filled), soft_wrap=True, highlight=False, markup=False)
    console.print(
        f"Move the clock: curl -s {url('clock')}/clock/advance -H 'Content-Type: application/json' "
        '-d \'{"by": "P1D"}\'',
        soft_wrap=True,
        highlight=False,
        markup=False,
    )


def show_audit(console: Console, settings: Path, *, victim: str, moment: datetime | None) -> None:
    """How to read Amira's journey from the logs, now and before the verdict, and to verify them."""
    lines = [
        "",
        "Audit her journey, as of a moment before the verdict and now, and verify every log:",
        f". {settings}",
        f"{COMMAND} audit replay {victim}"
        + (f" --as-of {moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else ""),
        f"{COMMAND} audit list {victim}",
        f"{COMMAND} audit verify",
    ]
    console.print("\n".join(lines), soft_wrap=True, highlight=False, markup=False)


class StoryOnScreen:
    """A progress bar with the step's title; steps that are done stay listed."""

    def __init__(self, console: Console) -> None:
        self.progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
        )
        self._bar: TaskID = self.progress.add_task("the story", total=None)
        self._title = ""

    def expect(self, steps: int) -> None:
        self.progress.update(self._bar, total=steps)

    def began(self, title: str) -> None:
        self._title = title
        self.progress.update(self._bar, description=title)

    def ended(self) -> None:
        self.progress.console.print(f"  done: {self._title}", highlight=False, soft_wrap=True)
        self.progress.advance(self._bar)
