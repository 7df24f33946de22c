"""`python -m intake migrate|serve|relay`, and `import-police-month FILE`."""

import argparse
import asyncio
import sys
from pathlib import Path

from chassis.migrations import migrate
from chassis.relay.process import relay_log
from chassis.service import run_process
from contracts.topics import INTAKE

from intake.main import import_police_month, serve
from intake.settings import IntakeRelaySettings, IntakeSettings, MigrateSettings


def main() -> None:
    """Run one of the service's processes; exit 1 when it fails."""
    parser = argparse.ArgumentParser(prog="python -m intake", description="The gate")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, purpose in (
        ("migrate", "bring the database to the newest schema"),
        ("serve", "take events, hearings, movements and reports over HTTP"),
        ("relay", "publish the log to Kafka"),
    ):
        commands.add_parser(name, help=purpose)
    importing = commands.add_parser("import-police-month", help="record a police.uk street-level file, once")
    importing.add_argument("file", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "migrate":
        settings = MigrateSettings()
        url = settings.database_url.get_secret_value()
        asyncio.run(migrate(url, package="intake.migrations", sandbox_clock=settings.sandbox_clock))
    elif arguments.command == "serve":
        run_process(serve(IntakeSettings()))
    elif arguments.command == "relay":
        run_process(relay_log(IntakeRelaySettings(), topic=INTAKE.name))
    else:
        sys.exit(asyncio.run(import_police_month(IntakeSettings(), arguments.file)))


if __name__ == "__main__":
    main()
