"""`python -m journey migrate|migrate-after|serve|relay|stuck|retry`, and `rebuild`."""

import asyncio
import sys

from chassis.commands import run_command, service_parser
from chassis.endings import ends_plainly
from chassis.logging import log_the_end
from contracts.topics import JOURNEY

from journey.main import rebuild, serve
from journey.settings import JourneySettings


def main() -> None:
    """Run one of the service's processes; how it ends is `chassis.endings`."""
    parser, commands = service_parser("journey", "The timeline, and what is owed by when")
    commands.add_parser("rebuild", help="compute every journey anew, and announce what is different")
    arguments = parser.parse_args()
    if arguments.command == "rebuild":
        with ends_plainly("journey rebuild", unforeseen=log_the_end):
            sys.stdout.write(f"{asyncio.run(rebuild(JourneySettings()))}\n")
        return
    run_command(arguments, package="journey", topic=JOURNEY, serve=lambda: serve(JourneySettings()))


if __name__ == "__main__":
    main()
