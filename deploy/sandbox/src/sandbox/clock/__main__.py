"""`python -m sandbox.clock`: settings come from CLOCK_*."""

from chassis.endings import ends_plainly
from chassis.logging import configure_logging, log_the_end
from chassis.service import run_process, run_service

from sandbox.clock.app import clock_app
from sandbox.clock.moving import BusinessClock
from sandbox.clock.settings import ClockSettings


def main() -> None:
    configure_logging("sandbox-clock")
    with ends_plainly("sandbox clock", unforeseen=log_the_end):
        settings = ClockSettings()
        databases = {name: dsn.get_secret_value() for name, dsn in settings.databases.items()}
        run_process(run_service(clock_app(BusinessClock(databases)), settings=settings))


if __name__ == "__main__":
    main()
