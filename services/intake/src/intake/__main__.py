"""`python -m intake migrate|migrate-after|serve|relay|stuck|retry`, and `import-police-month FILE`."""

import asyncio
import sys
from pathlib import Path

from chassis.commands import run_command, service_parser
from chassis.endings import ends_plainly
from chassis.logging import log_the_end
from contracts.topics import INTAKE

from intake.main import import_police_month, serve
from intake.settings import IntakeSettings


def main() -> None:
    """Run one of the service's processes; how it ends is `chassis.endings`."""
    parser, commands = service_parser("intake", "The gate: agencies and the public tell us what happened")
    importing = commands.add_parser("import-police-month", help="record a police.uk street-level file, once")
    importing.add_argument("file", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "import-police-month":
        with ends_plainly("intake import-police-month", unforeseen=log_the_end):
            sys.exit(asyncio.run(import_police_month(IntakeSettings(), arguments.file)))
    run_command(arguments, package="intake", topic=INTAKE, serve=lambda: serve(IntakeSettings()))


if __name__ == "__main__":
    main()
