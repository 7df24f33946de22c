"""`python -m sandbox.notify_fake`: settings come from NOTIFY_*."""

import httpx2
from chassis.clock import SystemClock
from chassis.endings import ends_plainly
from chassis.logging import configure_logging, log_the_end
from chassis.service import run_process, run_service

from sandbox.notify_fake.app import notify_app
from sandbox.notify_fake.business_time import ClockControl, RealTime
from sandbox.notify_fake.settings import NotifySettings


def main() -> None:
    configure_logging("sandbox-notify")
    with ends_plainly("sandbox notify", unforeseen=log_the_end):
        run_process(_serve(NotifySettings()))


async def _serve(settings: NotifySettings) -> None:
    clock = SystemClock()
    async with httpx2.AsyncClient(timeout=5) as http:
        business_time = ClockControl(settings.clock_url, http=http) if settings.clock_url else RealTime(clock)
        app = notify_app(settings, clock=clock, business_time=business_time)
        await run_service(app, settings=settings)


if __name__ == "__main__":
    main()
