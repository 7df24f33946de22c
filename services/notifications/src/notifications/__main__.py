"""`python -m notifications migrate|migrate-after|serve|relay|stuck|retry`."""

from chassis.commands import run_command, service_parser
from contracts.topics import NOTIFICATIONS

from notifications.main import serve
from notifications.settings import NotificationsSettings


def main() -> None:
    """Run one of the service's processes; how it ends is `chassis.endings`."""
    parser, _ = service_parser("notifications", "The promise keeper")
    arguments = parser.parse_args()
    run_command(arguments, package="notifications", topic=NOTIFICATIONS, serve=lambda: serve(NotificationsSettings()))


if __name__ == "__main__":
    main()
