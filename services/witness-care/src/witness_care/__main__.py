"""`python -m witness_care migrate|migrate-after|serve|relay|stuck|retry`."""

from chassis.commands import run_command, service_parser
from contracts.topics import WITNESS_CARE

from witness_care.main import serve
from witness_care.settings import WitnessCareSettings


def main() -> None:
    """Run one of the service's processes; how it ends is `chassis.endings`."""
    parser, _ = service_parser("witness_care", "The officer's desk")
    arguments = parser.parse_args()
    run_command(arguments, package="witness_care", topic=WITNESS_CARE, serve=lambda: serve(WitnessCareSettings()))


if __name__ == "__main__":
    main()
