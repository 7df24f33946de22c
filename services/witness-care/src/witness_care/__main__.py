"""`python -m witness_care migrate|serve|relay`."""

from chassis.commands import run_command, service_parser
from contracts.topics import WITNESS_CARE

from witness_care.main import serve
from witness_care.settings import WitnessCareSettings


def main() -> None:
    """Run one of the service's processes; how it ends is `chassis.endings`."""
    parser, _ = service_parser("witness_care", "The officer's desk")
    command = parser.parse_args().command
    run_command(command, package="witness_care", topic=WITNESS_CARE, serve=lambda: serve(WitnessCareSettings()))


if __name__ == "__main__":
    main()
