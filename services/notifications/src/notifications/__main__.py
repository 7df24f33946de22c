"""`python -m notifications migrate|serve|relay`."""

from chassis.commands import run_command, service_parser
from contracts.topics import NOTIFICATIONS

from notifications.main import serve
from notifications.settings import NotificationsSettings


def main() -> None:
    """Run one of the service's processes; how it ends is `chassis.endings`."""
    parser, _ = service_parser("notifications", "The promise keeper")
    command = parser.parse_args().command
    run_command(command, package="notifications", topic=NOTIFICATIONS, serve=lambda: serve(NotificationsSettings()))


if __name__ == "__main__":
    main()
