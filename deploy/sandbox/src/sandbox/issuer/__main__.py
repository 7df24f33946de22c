"""`python -m sandbox.issuer`: settings come from ISSUER_*."""

from chassis.clock import SystemClock
from chassis.endings import ends_plainly
from chassis.logging import configure_logging, log_the_end
from chassis.service import run_process, run_service

from sandbox.issuer.app import issuer_app
from sandbox.issuer.settings import IssuerSettings


def main() -> None:
    configure_logging("sandbox-issuer")
    with ends_plainly("sandbox issuer", unforeseen=log_the_end):
        settings = IssuerSettings()
        run_process(run_service(issuer_app(settings, clock=SystemClock()), settings=settings))


if __name__ == "__main__":
    main()
