"""`python -m notifications migrate|serve|relay`."""

import argparse
import asyncio

from chassis.migrations import migrate
from chassis.relay.process import relay_log
from chassis.service import run_process
from contracts.topics import NOTIFICATIONS

from notifications.main import serve
from notifications.settings import MigrateSettings, NotificationsRelaySettings, NotificationsSettings


def main() -> None:
    """Run one of the service's processes; exit 1 when it fails."""
    parser = argparse.ArgumentParser(prog="python -m notifications", description="The promise keeper")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, purpose in (
        ("migrate", "bring the database to the newest schema"),
        ("serve", "keep contact promises: hear news, decide, tell, hold, recover"),
        ("relay", "publish the log to Kafka"),
    ):
        commands.add_parser(name, help=purpose)
    arguments = parser.parse_args()
    if arguments.command == "migrate":
        settings = MigrateSettings()
        url = settings.database_url.get_secret_value()
        asyncio.run(migrate(url, package="notifications.migrations", sandbox_clock=settings.sandbox_clock))
    elif arguments.command == "serve":
        run_process(serve(NotificationsSettings()))
    elif arguments.command == "relay":
        run_process(relay_log(NotificationsRelaySettings(), topic=NOTIFICATIONS.name))


if __name__ == "__main__":
    main()
