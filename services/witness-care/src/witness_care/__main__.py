"""`python -m witness_care serve|relay|migrate`."""

import argparse
import asyncio

from chassis.migrations import migrate
from chassis.relay.process import relay_log
from chassis.service import run_process
from contracts.topics import WITNESS_CARE

from witness_care.main import serve
from witness_care.settings import WitnessCareDatabaseSettings, WitnessCareRelaySettings, WitnessCareSettings


def main() -> None:
    """Run one of the service's processes; exit 1 when it fails."""
    parser = argparse.ArgumentParser(prog="python -m witness_care", description="The officer's desk")
    parser.add_argument("process", choices=("serve", "relay", "migrate"))
    process = parser.parse_args().process
    if process == "serve":
        run_process(serve(WitnessCareSettings()))
    if process == "relay":
        run_process(relay_log(WitnessCareRelaySettings(), topic=WITNESS_CARE.name))
    if process == "migrate":
        settings = WitnessCareDatabaseSettings()
        url = settings.database_url.get_secret_value()
        asyncio.run(migrate(url, package="witness_care.migrations", sandbox_clock=settings.sandbox_clock))


if __name__ == "__main__":
    main()
