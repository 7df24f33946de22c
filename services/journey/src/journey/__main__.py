"""`python -m journey migrate|migrate-after|serve|relay|stuck|retry`."""

from chassis.commands import run_command, service_parser
from contracts.topics import JOURNEY

from journey.main import serve
from journey.settings import JourneySettings


def main() -> None:
    """Run one of the service's processes; how it ends is `chassis.endings`."""
    parser, _ = service_parser("journey", "The timeline, and what is owed by when")
    arguments = parser.parse_args()
    run_command(arguments, package="journey", topic=JOURNEY, serve=lambda: serve(JourneySettings()))


if __name__ == "__main__":
    main()
