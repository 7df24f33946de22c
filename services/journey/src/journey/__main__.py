"""`python -m journey serve | relay | migrate`."""

from enum import StrEnum

import typer
from chassis.migrations import migrate
from chassis.relay.process import relay_log
from chassis.service import run_process
from contracts.topics import JOURNEY

from journey.main import serve
from journey.settings import JourneyDatabaseSettings, JourneyRelaySettings, JourneySettings


class Process(StrEnum):
    """What this process does."""

    SERVE = "serve"
    RELAY = "relay"
    MIGRATE = "migrate"


def main(process: Process) -> None:
    """Serve the timeline and project the topics; relay the log to Kafka; or bring the database up to date."""
    match process:
        case Process.SERVE:
            run_process(serve(JourneySettings()))
        case Process.RELAY:
            run_process(relay_log(JourneyRelaySettings(), topic=JOURNEY.name))
        case Process.MIGRATE:
            settings = JourneyDatabaseSettings()
            url = settings.database_url.get_secret_value()
            run_process(migrate(url, package="journey.migrations", sandbox_clock=settings.sandbox_clock))


if __name__ == "__main__":
    typer.run(main)
